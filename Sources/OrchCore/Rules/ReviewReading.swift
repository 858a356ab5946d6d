import JSON

/// What a reviewing agent hands in.
package struct ReviewAnswer: Equatable, Sendable {
    package let decision: ReviewDecision
    package let notes: String

    package init(decision: ReviewDecision, notes: String) {
        self.decision = decision
        self.notes = notes
    }
}

/// Reads the answer of a review: an object with `decision` and `notes`, in the same wrappings as any other
/// answer (`AnswerReading`).
///
/// What has no decision, or one that is none of the three, is no answer, and so never an approval. Of several
/// the last one counts.
package enum ReviewReading {
    /// Redacted text by now; what GitHub takes is less.
    private static let notesLimitBytes = 32 << 10

    /// - Parameter text: the agent's last words, redacted.
    package static func answer(in text: String) throws(ReviewError) -> ReviewAnswer {
        let objects: [JSONObject]
        do throws(AnswerError) {
            objects = try JSONSearch.objects(in: Array(text.utf8), limitBytes: AnswerReading.limitBytes)
        } catch {
            throw .tooLarge(bytes: text.utf8.count)
        }
        guard let object = objects.last(where: { $0["decision"] != nil }) else { throw .noDecision }
        let word = AnswerFields.text(object["decision"] ?? .null).lowercased()
        guard let decision = ReviewDecision(rawValue: word) else {
            throw .unknownDecision(word.firstLine.clipped(toBytes: 80))
        }
        let notes = AnswerFields.text(object["notes"] ?? .null).clipped(toBytes: notesLimitBytes)
        // An agent that wants changes and says none cannot be satisfied.
        guard decision == .approve || !notes.isEmpty else { throw .noNotes(decision) }
        return ReviewAnswer(decision: decision, notes: notes)
    }
}

/// Why a review came to nothing.
package enum ReviewError: Error, Equatable, Sendable {
    case tooLarge(bytes: Int)
    /// No object among the words has a `decision`.
    case noDecision
    case unknownDecision(String)
    /// It asks for changes, and does not say which.
    case noNotes(ReviewDecision)
}

extension ReviewError: Explained {
    package var problem: String {
        switch self {
        case .tooLarge(let bytes): "the review has \(bytes) bytes; \(AnswerReading.limitBytes) are read"
        case .noDecision: "the review is no JSON object with a `decision`"
        case .unknownDecision(let word): "the review has the unknown decision “\(word)”"
        case .noNotes(let decision): "the review says `\(decision.rawValue)` and no reason"
        }
    }

    package var fix: String {
        let words = ReviewDecision.allCases.map(\.rawValue).joined(separator: ", ")
        return "see the agent's words in the attempt's folder; `decision` is one of \(words)"
    }
}
