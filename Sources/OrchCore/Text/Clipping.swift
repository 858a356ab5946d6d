extension String {
    /// At most `limit` bytes of UTF-8, cut between characters and ended by `…`; the whole text where it fits.
    ///
    /// Nothing is left where the limit has no room for the `…` itself.
    package func clipped(toBytes limit: Int) -> String {
        if utf8.count <= limit { return self }
        var clipped = ""
        var room = limit - "…".utf8.count
        if room < 0 { return "" }
        for character in self {
            room -= character.utf8.count
            if room < 0 { break }
            clipped.append(character)
        }
        return clipped + "…"
    }

    /// The first line, without its end.
    package var firstLine: String {
        String(prefix { !$0.isNewline })
    }
}
