import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// `info/exclude`: patterns of files that are never offered to a commit, in this clone only (gitignore(5)).
enum GitExclude {
    /// Larger than any list that people keep by hand.
    private static let limitBytes = 1 << 20

    /// Makes sure that each pattern is a line of the file; every line that is there stays as it is.
    ///
    /// What is missing is appended in one write, so two processes that do this at once cannot lose each
    /// other's lines nor the user's; at worst a pattern is there twice, which means the same.
    static func add(_ patterns: [String], in directory: GitDirectory) throws(SystemError) {
        let folder = "\(directory.common)/info"
        let path = "\(folder)/exclude"
        let present = try WholeFile.readIfPresent(path, limitBytes: limitBytes) ?? []
        let addition = missing(patterns, from: present)
        if addition.isEmpty { return }
        try Directory.make(folder)
        let file = try FileDescriptor(opening: path, O_WRONLY | O_APPEND | O_CREAT, mode: 0o644)
        try file.writeAll(addition, subject: path)
    }

    /// What has to follow `present` so that every pattern is a line of it; empty when each is one already.
    static func missing(_ patterns: [String], from present: [UInt8]) -> [UInt8] {
        let newline = UInt8(ascii: "\n")
        var lines = Set(present.split(separator: newline).map { String(decoding: $0, as: UTF8.self) })
        let absent = patterns.filter { lines.insert($0).inserted }
        if absent.isEmpty { return [] }
        let separator = present.isEmpty || present.last == newline ? [] : [newline]
        return separator + absent.flatMap { Array($0.utf8) + [newline] }
    }
}
