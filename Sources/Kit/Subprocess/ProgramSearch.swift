import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Looking up programs as a shell does, without starting anything.
package enum ProgramSearch {
    /// The path of the first executable file called `name` in the folders of `path`; nil when there is none.
    ///
    /// Only absolute folders count: an empty or relative one would let the current folder, which may be an
    /// untrusted checkout, decide what runs.
    ///
    /// - Parameters:
    ///   - name: without a slash; with one, nil.
    ///   - path: folders separated by colons, as in `PATH`.
    package static func find(_ name: String, path: String) -> String? {
        guard !name.isEmpty, !name.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == 0 }) else {
            return nil
        }
        return path.split(separator: ":").lazy
            .filter { $0.hasPrefix("/") }
            .map { "\($0)/\(name)" }
            .first(where: isExecutable)
    }

    /// Whether `path` is a file that this user may execute.
    package static func isExecutable(_ path: String) -> Bool {
        // access(2) first: it settles the usual case, nothing there, with one call. It says yes for folders.
        access(path, X_OK) == 0 && FileStatus.ifPresent(path)?.kind == .file
    }
}
