extension Node {
    /// The value as a document in block style, with a final newline; reading it gives an equal node.
    package func yaml() -> String {
        let text = Emitter().text(of: self, in: .document)
        let lines = text.head.isEmpty ? text.body : [text.head] + text.body
        return lines.joined(separator: "\n") + "\n"
    }
}

extension Node: CustomStringConvertible {
    /// The value in flow style, on one line.
    package var description: String { Emitter().flow(self, isNested: false) }
}
