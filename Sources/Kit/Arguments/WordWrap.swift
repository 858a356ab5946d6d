extension String {
    /// The words on lines of at most `width` characters, `hanging` fewer on all but the first; a longer word
    /// has a line to itself.
    ///
    /// Characters are counted, not columns: tables are written in scripts where they agree.
    func wrapped(to width: Int, hanging: Int = 0) -> [String] {
        var lines: [String] = []
        for word in split(whereSeparator: \.isWhitespace) {
            let room = lines.count > 1 ? width - hanging : width
            if let last = lines.last, last.count + 1 + word.count <= room {
                lines[lines.count - 1] += " \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
