/// What `git status --porcelain=v2 -z --no-renames` says; git-status(1), “Porcelain Format Version 2”.
struct GitStatus: Equatable {
    /// Nothing is modified, new or deleted.
    let isClean: Bool
    /// Paths with a conflict that nobody has resolved.
    let unmerged: [String]

    init(_ output: [UInt8]) {
        let records = output.split(separator: 0).filter { $0.first != UInt8(ascii: "#") }
        isClean = records.isEmpty
        unmerged = records.filter { $0.starts(with: "u ".utf8) }.compactMap(Self.path)
    }

    /// `u XY sub m1 m2 m3 mW h1 h2 h3 PATH`: the path is all after the tenth blank.
    private static func path(of record: ArraySlice<UInt8>) -> String? {
        let fields = record.split(
            separator: UInt8(ascii: " "), maxSplits: 10, omittingEmptySubsequences: false)
        return fields.count == 11 ? String(decoding: fields[10], as: UTF8.self) : nil
    }
}

/// The answer of `git commit` with `core.abbrev=no`.
enum CommitAnswer {
    /// The new commit: `[BRANCH SHA] subject`, or `[BRANCH (root-commit) SHA] subject`; nil where it says
    /// otherwise.
    static func commit(in text: String) -> String? {
        let line = text.prefix { $0 != "\n" }
        guard line.hasPrefix("[") else { return nil }
        // A branch's name may hold `]`, the SHA may not: it is the first word that ends the bracket and is
        // one.
        return line.split(separator: " ").lazy
            .filter { $0.hasSuffix("]") }
            .map { String($0.dropLast()) }
            .first(where: ObjectName.isValid)
    }
}

/// The name of an object in full: 40 hexadecimal digits with SHA-1, 64 with SHA-256.
enum ObjectName {
    static func isValid(_ text: String) -> Bool {
        (text.utf8.count == 40 || text.utf8.count == 64)
            && text.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
    }
}
