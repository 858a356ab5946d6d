import JSON

/// Something that `orch migrate --check` has to say about a home of v0's.
struct MigrationNote: Equatable {
    enum Kind: String, CaseIterable {
        /// orch takes it as it is.
        case used
        /// orch takes it otherwise than v0 did.
        case differs
        /// orch cannot take it until somebody has mended it.
        case mend
    }

    let kind: Kind
    /// In one word.
    let about: String
    let text: String
    /// What to do about it; empty where nothing is.
    let advice: String

    init(_ kind: Kind, _ about: String, _ text: String, advice: String = "") {
        self.kind = kind
        self.about = about
        self.text = text
        self.advice = advice
    }
}

/// Notes and next steps as people and programs read them.
struct MigrationPage {
    let notes: [MigrationNote]
    /// What is to be done, in that order.
    let steps: [String]

    func text(_ terminal: TerminalStyle) -> String {
        let said = notes.map { note in
            let advice = note.advice.isEmpty ? "" : "\n         \(terminal.dim("→")) \(note.advice)"
            return "\(word(note.kind, terminal))  \(note.about): \(note.text)\(advice)"
        }
        let numbered = steps.enumerated().map { "  \($0.offset + 1). \($0.element)" }
        return (said + ["", terminal.bold("Next:")] + numbered).joined(separator: "\n")
    }

    /// All words are equally wide, so that the notes stand in a column.
    private func word(_ kind: MigrationNote.Kind, _ terminal: TerminalStyle) -> String {
        switch kind {
        case .used: terminal.green("used   ")
        case .differs: terminal.yellow("differs")
        case .mend: terminal.red("mend   ")
        }
    }

    var json: JSONValue {
        let items = notes.map { note in
            JSONValue.object([
                "kind": .string(note.kind.rawValue), "about": .string(note.about),
                "text": .string(note.text), "advice": .string(note.advice),
            ])
        }
        return .object([
            "ok": .bool(!notes.contains { $0.kind == .mend }), "notes": .array(items),
            "next": .array(steps.map { .string($0) }),
        ])
    }
}
