import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A folder of one test's own; it goes with the value.
package struct TemporaryFolder: ~Copyable {
    package let path: String

    package init() {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        path = "\(parent)/kit-test-\(getpid())-\(UInt64.random(in: .min ... .max))"
        precondition(mkdir(path, 0o700) == 0, "cannot make \(path)")
    }

    /// Writes a file and returns its path.
    package func file(_ name: String, _ text: String, mode: UInt16 = 0o644) throws -> String {
        try AtomicFile.write(Array(text.utf8), to: "\(path)/\(name)", mode: mode, durability: .none)
        return "\(path)/\(name)"
    }

    deinit {
        // What stays behind in a temporary folder harms nobody.
        try? Directory.remove(path)
    }
}
