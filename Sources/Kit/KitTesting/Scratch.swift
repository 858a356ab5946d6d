#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where tests make their folders and files.
package enum Scratch {
    /// `$TMPDIR`, else `/tmp`; without a slash at its end.
    package static let parent: String = {
        let given = getenv("TMPDIR").map { String(cString: $0) } ?? ""
        let path = given.hasSuffix("/") ? String(given.dropLast()) : given
        return path.isEmpty ? "/tmp" : path
    }()
}
