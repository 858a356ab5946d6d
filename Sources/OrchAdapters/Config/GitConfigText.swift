/// The text of a git configuration file: git-config(1), “CONFIGURATION FILE” and “Syntax”.
struct GitConfigText {
    private let text: String

    init(_ text: String) { self.text = text }

    /// The first `url` of the remote `origin`; git fetches from the first.
    var originURL: String? {
        var isOrigin = false
        for line in logicalLines {
            let line = line.drop(while: \.isWhitespace)
            if line.hasPrefix("[") {
                // `[remote "origin"] url = …` on one line is allowed too.
                guard let end = line.lastIndex(of: "]") else { continue }
                isOrigin = Self.isOrigin(line[...end])
                if isOrigin, let url = Self.url(in: line[end...].dropFirst()) { return url }
            } else if isOrigin, let url = Self.url(in: line) {
                return url
            }
        }
        return nil
    }

    /// Lines, with those that a backslash continues joined.
    private var logicalLines: [Substring] {
        var lines: [Substring] = []
        var pending = ""
        for line in text.split(whereSeparator: \.isNewline) {
            let slashes = line.reversed().prefix { $0 == "\\" }.count
            if !slashes.isMultiple(of: 2) {
                pending += line.dropLast()
            } else {
                lines.append(pending.isEmpty ? line : pending[...] + line)
                pending = ""
            }
        }
        return lines
    }

    /// The section's name is case-insensitive, the subsection's is not.
    private static func isOrigin(_ header: Substring) -> Bool {
        let inside = header.dropFirst().dropLast()
        let name = inside.prefix { !$0.isWhitespace }
        return name.lowercased() == "remote"
            && inside.dropFirst(name.count).drop(while: \.isWhitespace) == "\"origin\""
    }

    private static func url(in line: Substring) -> String? {
        let line = line.drop(while: \.isWhitespace)
        guard let equals = line.firstIndex(of: "=") else { return nil }
        let name = line[..<equals].filter { !$0.isWhitespace }
        return name.lowercased() == "url" ? value(line[equals...].dropFirst()) : nil
    }

    /// Quotes and escapes undone, a comment and the space around it cut off.
    private static func value(_ written: Substring) -> String {
        var value = ""
        var blanks = ""
        var isQuoted = false
        var rest = written.drop(while: \.isWhitespace)[...]
        while let character = rest.popFirst() {
            switch character {
            case "\"": isQuoted.toggle()
            case "#" where !isQuoted, ";" where !isQuoted: return value
            case "\\": value += take(&blanks) + escaped(rest.popFirst())
            case let space where space.isWhitespace && !isQuoted: blanks.append(space)
            default: value += take(&blanks) + String(character)
            }
        }
        return value
    }

    private static func take(_ text: inout String) -> String {
        defer { text = "" }
        return text
    }

    private static func escaped(_ character: Character?) -> String {
        switch character {
        case "n": "\n"
        case "t": "\t"
        case "b": "\u{8}"
        case let character?: String(character)
        case nil: ""
        }
    }
}
