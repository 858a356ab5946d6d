/// A document's links lead somewhere.
enum Links {
    /// Relative links of Markdown files name files of the tree, and their anchors headings there.
    static func areAlive(in tree: SourceTree) -> [Violation] {
        tree.files.filter { $0.name.hasSuffix(".md") && !$0.isIn("Tests/Fixtures") && !$0.isIn("prompts") }
            .flatMap { document in
                targets(in: document).compactMap { line, target in
                    problem(with: target, in: document, tree).map {
                        document.violation(line, $0, fix: "mend the link to \(target)")
                    }
                }
            }
    }

    /// What stands in `](…)` outside of code, and is no address.
    static func targets(in document: TextFile) -> [(line: Int, target: String)] {
        var isCode = false
        var targets: [(Int, String)] = []
        for number in document.lines.indices.map({ $0 + 1 }) {
            let line = document.line(number)
            if line.drop(while: { $0 == " " }).hasPrefix("```") { isCode.toggle() }
            if isCode || line.hasPrefix("    ") { continue }
            for part in withoutCode(line).components(after: "](") {
                let target = part.prefix { $0 != ")" && $0 != " " }
                if !target.isEmpty, !target.contains("://"), !target.hasPrefix("mailto:") {
                    targets.append((number, String(target)))
                }
            }
        }
        return targets
    }

    private static func problem(with target: String, in document: TextFile, _ tree: SourceTree) -> String? {
        let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts[0].isEmpty ? document.path : resolve(String(parts[0]), from: document.path)
        guard tree.contains(path) else { return "there is no \(path)" }
        guard parts.count == 2, path.hasSuffix(".md"), let other = tree.file(path) else { return nil }
        return anchors(of: other).contains(String(parts[1])) ? nil : "\(path) has no heading “\(parts[1])”"
    }

    private static func resolve(_ target: String, from document: String) -> String {
        var parts = document.split(separator: "/").dropLast().map(String.init)
        for part in target.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
        }
        return parts.joined(separator: "/")
    }

    /// As GitHub makes them: lower case, punctuation gone, spaces as dashes.
    static func anchors(of document: TextFile) -> Set<String> {
        Set(
            document.lines.indices.map { document.line($0 + 1) }.filter { $0.hasPrefix("#") }.map { line in
                let title = line.drop { $0 == "#" }.drop { $0 == " " }.lowercased()
                return String(
                    title.compactMap { character -> Character? in
                        if character == " " { return "-" }
                        return character.isLetter || character.isNumber || "-_".contains(character)
                            ? character : nil
                    })
            })
    }

    /// The line without what stands between backticks.
    private static func withoutCode(_ line: String) -> String {
        line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset.isMultiple(of: 2) }.map { String($0.element) }.joined(separator: "` `")
    }
}

extension String {
    /// What follows each place where the separator stands.
    fileprivate func components(after separator: String) -> [Substring] {
        var parts: [Substring] = []
        var rest = self[...]
        while let start = rest.firstIndex(of: separator.first ?? " ") {
            rest = rest[start...]
            if rest.hasPrefix(separator) { parts.append(rest.dropFirst(separator.count)) }
            rest = rest.dropFirst()
        }
        return parts
    }
}
