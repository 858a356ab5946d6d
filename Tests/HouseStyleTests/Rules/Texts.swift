/// What holds for every text file, whatever it is written in.
enum Texts {
    private static let spaceCounts: Set = ["md", "json", "jsonl", "txt", "golden", "patch", "diff"]

    /// No white space before a line break, and one line break at the end; Markdown and data are left alone.
    static func endings(in file: TextFile) -> [Violation] {
        guard !file.isIn("Tests/Fixtures"), !file.path.contains("/Fixtures/") else { return [] }
        guard !spaceCounts.contains(String(file.name.split(separator: ".").last ?? "")) else { return [] }
        var violations = file.lines.indices.filter { isSpace(file.lines[$0].last) }.map {
            file.violation($0 + 1, "white space at the end of the line", fix: "delete it")
        }
        let end = file.bytes.suffix(2)
        if !end.isEmpty, end.last != newline || end.elementsEqual([newline, newline]) {
            violations.append(
                file.violation(
                    max(file.lines.count, 1), "the file does not end with one line break", fix: "make it so"))
        }
        return violations
    }

    private static let newline = UInt8(ascii: "\n")

    private static func isSpace(_ byte: UInt8?) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
    }

    /// No story and no script waits by sleeping; a program that it starts may.
    static func sleeps(in file: TextFile) -> [Violation] {
        guard file.isIn("bats") || file.isIn("scripts"), file.holds("sleep") else { return [] }
        return file.lines(holding: "sleep").filter { number in
            file.line(number).split(separator: " ").first == "sleep"
        }.map { file.violation($0, "a sleep", fix: "poll with a deadline, as `eventually` does") }
    }

    /// Nothing is fetched to build orch.
    static func packages(in file: TextFile) -> [Violation] {
        guard file.path == "Package.swift" else { return [] }
        return file.lines(holding: ".package(").map {
            file.violation($0, "a package", fix: "write a small module below Sources/Kit, or do without")
        }
    }

    /// The people of examples.
    private static let examplePeople: Set = ["user", "ada", "me", "you", "runner", "orch", "alice", "bob"]

    /// Nothing names a path of the machine that it was written on: not the package's own place, no one's
    /// home.
    static func machinePaths(in file: TextFile, root: String) -> [Violation] {
        var found = Set(root.split(separator: "/").count > 1 ? file.lines(holding: root + "/") : [])
        for home in ["/home/", "/Users/"] {
            let lines = file.lines(holding: home)
            found.formUnion(lines.filter { namesSomeone(file.line($0), under: home) })
        }
        return found.sorted().map {
            file.violation(
                $0, "a path of one machine", fix: "make it relative, or use `/home/user/…` as an example")
        }
    }

    private static func namesSomeone(_ line: String, under home: String) -> Bool {
        var rest = Array(line.utf8)[...]
        let prefix = Array(home.utf8)
        while let slash = rest.firstIndex(of: prefix[0]) {
            rest = rest[slash...]
            guard rest.starts(with: prefix) else {
                rest = rest.dropFirst()
                continue
            }
            rest = rest.dropFirst(prefix.count)
            let name = rest.prefix { $0.isLetterOrDigit }
            rest = rest.dropFirst(name.count)
            if !name.isEmpty, rest.first == prefix[0],
                !examplePeople.contains(String(decoding: name, as: UTF8.self))
            {
                return true
            }
        }
        return false
    }
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
