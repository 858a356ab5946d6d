/// `/assign codex` on the first line of a comment.
package struct SlashCommand: Equatable, Sendable {
    /// In lower case, without the slash.
    package let name: String
    /// The rest of the line.
    package let argument: String
    /// The lines below.
    package let rest: String

    package init(name: String, argument: String = "", rest: String = "") {
        self.name = name
        self.argument = argument
        self.rest = rest
    }

    /// - Parameters:
    ///   - prose: `Prose.lines(of: body)`.
    ///   - names: what may stand before the command, behind `@`.
    /// - Returns: nil where the first line that is not empty is no command: a path (`/usr/bin`), a quote,
    ///   code.
    init?(body: String, prose: [String], names: [String]) {
        let raw = HiddenComments.removed(from: body).split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        guard let first = raw.firstIndex(where: { !$0.allSatisfy(\.isWhitespace) }), first < prose.count
        else { return nil }
        let line = Self.withoutAddress(raw[first].trimmed, names: names)
        guard Self.withoutAddress(prose[first].trimmed, names: names).first == "/",
            line.first == "/"
        else { return nil }
        let word = line.dropFirst().prefix { !$0.isWhitespace }
        guard word.first?.isLetter == true, word.utf8.allSatisfy(Self.isNamePart) else { return nil }
        name = word.lowercased()
        argument = String(line[word.endIndex...].trimmed)
        rest = String(raw[(first + 1)...].joined(separator: "\n").trimmed)
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        byte.isASCIIAlphanumeric || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }

    /// `@orch /retry` is `/retry`.
    private static func withoutAddress(_ line: Substring, names: [String]) -> Substring {
        guard line.first == "@" else { return line }
        let word = line.dropFirst().prefix { !$0.isWhitespace && $0 != "," && $0 != ":" }
        guard names.contains(word.lowercased()) else { return line }
        return line[word.endIndex...].drop { $0.isWhitespace || $0 == "," || $0 == ":" }
    }

    /// All that was given: what stands on the line, else what stands below.
    package var words: String { argument.isEmpty ? rest : argument }
    /// The argument's first word in lower case.
    package var choice: String { argument.prefix { !$0.isWhitespace }.lowercased() }
}
