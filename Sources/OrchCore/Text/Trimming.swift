extension StringProtocol {
    /// Without the white space around it.
    package var trimmed: Substring {
        let text = String(self).drop(while: \.isWhitespace)
        guard let last = text.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return text[...last]
    }
}
