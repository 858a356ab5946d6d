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
        path = "\(Scratch.parent)/kit-test-\(getpid())-\(UInt64.random(in: .min ... .max))"
        precondition(mkdir(path, 0o700) == 0, "cannot make \(path)")
    }

    /// Writes a file and returns its path.
    package func file(_ name: String, _ text: String, mode: UInt16 = 0o644) throws -> String {
        let target = "\(path)/\(name)"
        if mode & 0o111 == 0 {
            try AtomicFile.write(Array(text.utf8), to: target, mode: mode, durability: .none)
        } else {
            try Executable.write(text, to: target, mode: mode)
        }
        return target
    }

    deinit {
        // What stays behind in a temporary folder harms nobody.
        try? Directory.remove(path)
    }
}
