import JSON

/// What Claude Code reads on its standard input, one object a line.
enum ClaudeLine {
    /// A message of a person's.
    ///
    /// Words that begin with a slash would be a command to the program itself, which answers with a result
    /// of its own and the model never sees them; a space in front makes them words again.
    static func userMessage(_ words: String) -> String {
        let text = words.hasPrefix("/") ? " \(words)" : words
        let content: JSONValue = [["type": "text", "text": .string(text)]]
        let line: JSONValue = ["type": "user", "message": ["role": "user", "content": content]]
        return line.text() + "\n"
    }

    /// The answer to a question that only a person could decide; without one it would wait for ever.
    static func refusal(of requestID: String) -> String {
        let line: JSONValue = [
            "type": "control_response",
            "response": [
                "subtype": "error", "request_id": .string(requestID),
                "error": "nobody is here to decide this",
            ],
        ]
        return line.text() + "\n"
    }

    /// The one detail of a tool's input that is worth a line.
    static func detail(ofInput input: JSONValue) -> String {
        for name in [
            "command", "file_path", "notebook_path", "pattern", "url", "query", "description", "prompt",
        ] {
            if let text = input[name].string { return text }
        }
        return input.object?.members.lazy.compactMap { $0.value.string }.first ?? ""
    }

    /// The words of a tool's result or a message, whether they come as text or as blocks.
    static func text(of content: JSONValue) -> String {
        content.string
            ?? (content.array ?? []).compactMap { $0["text"].string }.joined(separator: "\n")
    }
}
