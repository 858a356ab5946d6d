/// A text that says that a limit is met, and nothing else: “429 Too Many Requests”, “You’ve hit your usage
/// limit, resets 3pm”.
///
/// Every word of it is one that such notices are made of. So a sentence about the work is none, however much
/// the work is about rate limits: “Rate limit handling was added” has two words too many.
package enum LimitNotice {
    /// A notice is a line; what is longer tells a story.
    private static let limitBytes = 300

    package static func isAll(of text: String) -> Bool {
        guard text.utf8.count <= limitBytes else { return false }
        let words = WordPattern.words(of: text)
        guard words.allSatisfy(belongs) else { return false }
        return FailureClues.tellsLimit(words) || statuses.contains { $0.isFound(in: words) }
    }

    /// The number alone may count anything.
    private static let statuses: [WordPattern] = ["http 429", "error 429", "status 429", "code 429"]

    /// The last line of a program's plain output, where that is a notice.
    static func atEnd(of output: String) -> String? {
        let last = output.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }
        return last.map(String.init).flatMap { isAll(of: $0) ? $0 : nil }
    }

    /// Numbers too: a status, a moment.
    private static func belongs(_ word: String) -> Bool {
        vocabulary.contains(word) || word.first?.isNumber == true
    }

    private static let vocabulary = Set(
        """
        a an the is are was has have had been be your you ve re of for on in at to until after before with this \
        error http status code response api provider service server model account plan \
        claude anthropic codex openai chatgpt opencode kimi minimax ai pro max plus free team \
        limit limits limited rate_limit rate_limit_error rate_limit_exceeded ratelimit usage usage_limit_reached rate \
        quota quotas insufficient_quota credit credits balance resource_exhausted requests request tokens too many \
        low insufficient exceed exceeded exceeds reached reach hit out used up over exhausted overloaded \
        overloaded_error temporarily unavailable currently \
        please try trying again later retry wait resets reset reset_at available upgrade or and per current \
        second seconds minute minutes hour hours day days week weeks weekly daily hourly monthly month \
        am pm utc gmt today tomorrow \
        jan feb mar apr may jun jul aug sep oct nov dec \
        monday tuesday wednesday thursday friday saturday sunday
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}
