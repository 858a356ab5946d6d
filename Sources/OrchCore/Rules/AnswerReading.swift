import JSON

/// One parser for the answers of all agents: work, reviews of work and routing hand in JSON in the same few
/// wrappings.
///
/// An answer is an object whose `status` is one of v0's four words; what has none is no answer, never a
/// success. Around it may be: nothing, a code fence, prose, a JSON string, and the envelope `{"result": …}`
/// of Claude Code. Of several the last one counts: an agent thinks aloud before it answers.
package enum AnswerReading {
    /// More is no answer: v0's largest had 20 KB.
    package static let limitBytes = 1 << 20

    /// The answer of an attempt.
    ///
    /// - Parameters:
    ///   - file: what the agent wrote where it was asked to; nil where there is no such file.
    ///   - finalText: its last words, looked at where the file holds no answer.
    /// - Throws: what is wrong with the file if there is one, else with the words.
    package static func answer(file: [UInt8]?, finalText: String?) throws(AnswerError) -> AgentAnswer {
        guard let file else {
            guard let finalText else { throw .missing }
            return try answer(in: Array(finalText.utf8))
        }
        do {
            return try answer(in: file)
        } catch {
            // A torn file, and the same answer in the last words: agents like to repeat it.
            if let finalText, let answer = try? answer(in: Array(finalText.utf8)) { return answer }
            throw error
        }
    }

    /// The last answer in a text.
    package static func answer(in text: [UInt8]) throws(AnswerError) -> AgentAnswer {
        let objects = try JSONSearch.objects(in: text, limitBytes: limitBytes)
        if let answer = objects.lazy.reversed().compactMap(AnswerFields.answer).first { return answer }
        guard let withStatus = objects.last(where: { $0["status"] != nil }) else {
            throw objects.isEmpty ? .noObject : .noStatus
        }
        throw .unknownStatus(AnswerFields.text(withStatus["status"] ?? .null).clipped(toBytes: 80))
    }
}

/// Why there is no answer.
package enum AnswerError: Error, Equatable, Sendable {
    /// Neither a file nor a word.
    case missing
    case tooLarge(bytes: Int)
    /// Words, but no JSON object among them.
    case noObject
    case noStatus
    case unknownStatus(String)
}

extension AnswerError: Explained {
    package var problem: String {
        switch self {
        case .missing: "the agent handed in no answer"
        case .tooLarge(let bytes):
            "the agent's answer has \(bytes) bytes; \(AnswerReading.limitBytes) are read"
        case .noObject: "the agent's answer is no JSON object"
        case .noStatus: "the agent's answer has no `status`"
        case .unknownStatus(let status): "the agent's answer has the unknown status “\(status)”"
        }
    }

    package var fix: String {
        let words = AgentAnswer.Status.allCases.map(\.rawValue).joined(separator: ", ")
        return "look at its last words with `orch task stream ID`; `status` is one of \(words)"
    }
}
