/// What a trusted person says on a pull request.
package struct PullRemark: Equatable, Sendable {
    /// Unique among the remarks of its kind.
    package let id: Int
    package let kind: Kind
    package let author: String
    package let body: String
    package let createdAt: Timestamp

    package init(id: Int, kind: Kind, author: String, body: String, createdAt: Timestamp) {
        self.id = id
        self.kind = kind
        self.author = author
        self.body = body
        self.createdAt = createdAt
    }

    package enum Kind: Equatable, Sendable {
        /// In the conversation.
        case comment
        /// With a review as a whole; nil: neither approval nor a demand.
        case review(ReviewDecision?)
        /// On a line of the diff; 0: on the file as a whole, or on a line that is gone.
        case line(path: String, Int)
    }
}

/// What a review comes to; the words are v0's.
package enum ReviewDecision: String, CaseIterable, Sendable {
    case approve
    case requestChanges = "request_changes"
    /// Not worth mending: the pull request is closed.
    case reject
}

/// The changes of a pull request, for a reader.
package struct PullDiff: Equatable, Sendable {
    package var text: String
    /// There was more than was asked for.
    package var isCut: Bool

    package init(text: String, isCut: Bool) {
        self.text = text
        self.isCut = isCut
    }
}
