/// Words as systemd.syntax(7) reads them: quotes, backslashes, and `%`, which begins a specifier.
enum SystemdWord {
    /// `text` as one word in double quotes.
    ///
    /// - Throws: `unwritable` for control characters, a line's end among them.
    static func quoted(_ text: String, what: String) throws(ServiceError) -> String {
        try "\"" + escaped(text, what: what).map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined()
            + "\""
    }

    /// For a setting that takes its whole line as one value.
    static func plain(_ text: String, what: String) throws(ServiceError) -> String {
        try escaped(text, what: what)
    }

    /// The program of `ExecStart`: there `$` begins a variable, and no escape for it is promised in a
    /// program's path.
    static func program(_ path: String) throws(ServiceError) -> String {
        guard !path.contains("$") else { throw .unwritable(what: "the program's path", value: path) }
        return try quoted(path, what: "the program's path")
    }

    private static func escaped(_ text: String, what: String) throws(ServiceError) -> String {
        guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f }) else {
            throw .unwritable(what: what, value: text)
        }
        return text.split(separator: "%", omittingEmptySubsequences: false).joined(separator: "%%")
    }

    /// The words of a line; the inverse of `quoted`. Quotes may stand anywhere in a word.
    static func words(in line: some StringProtocol) -> [String] {
        var reader = Reader()
        for character in line { reader.take(character) }
        return reader.finish()
    }

    /// Goes through a line character by character.
    private struct Reader {
        private var words: [String] = []
        /// nil between two words.
        private var word: String?
        private var quote: Character?
        private var isEscaped = false
        private var isAfterPercent = false

        mutating func take(_ character: Character) {
            if isEscaped {
                isEscaped = false
                append(character)
            } else if character == "\\" {
                isEscaped = true
            } else if character == quote {
                quote = nil
            } else if quote == nil, character == "\"" || character == "'" {
                quote = character
                word = word ?? ""
            } else if quote == nil, character == " " || character == "\t" {
                endWord()
            } else {
                append(character)
            }
        }

        /// `%%` stands for one; other specifiers, which only systemd can resolve, stay as they are.
        private mutating func append(_ character: Character) {
            let isSecondPercent = character == "%" && isAfterPercent
            isAfterPercent = character == "%" && !isSecondPercent
            if !isSecondPercent { word = (word ?? "") + String(character) }
        }

        private mutating func endWord() {
            if let word { words.append(word) }
            word = nil
            isAfterPercent = false
        }

        mutating func finish() -> [String] {
            endWord()
            return words
        }
    }
}
