/// Reads just enough of the shell's language to check the examples of a table: words, quotes, backslashes,
/// and the operators that end a command. Expansions and comments stay as they are written.
struct ShellWords {
    private var commands: [[String]] = [[]]
    /// nil between words, so that `""` is a word.
    private var word: String?
    private var quote: Character?
    /// The next word is the file of a redirection.
    private var skipsWord = false

    /// The simple commands of a line, each as its words.
    static func commands(in line: String) -> [[String]] {
        var reader = ShellWords()
        var escaped = false
        for character in line {
            if escaped {
                reader.word = (reader.word ?? "") + String(character)
                escaped = false
            } else if character == "\\", reader.quote != "'" {
                escaped = true
            } else {
                reader.read(character)
            }
        }
        reader.endWord()
        return reader.commands.filter { !$0.isEmpty }
    }

    private mutating func read(_ character: Character) {
        switch (quote, character) {
        case (nil, "'"), (nil, "\""):
            quote = character
            word = word ?? ""
        case (let open?, _) where open == character: quote = nil
        case (nil, " "): endWord()
        case (nil, "|"), (nil, "&"), (nil, ";"), (nil, "\n"):
            endWord()
            commands.append([])
        case (nil, ">"), (nil, "<"):
            endWord()
            skipsWord = true
        default: word = (word ?? "") + String(character)
        }
    }

    private mutating func endWord() {
        guard let ended = word else { return }
        if !skipsWord { commands[commands.count - 1].append(ended) }
        skipsWord = false
        word = nil
    }
}
