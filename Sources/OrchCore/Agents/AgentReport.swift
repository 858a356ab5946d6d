/// What one agent process came to, in its own words and figures; read after it has ended.
package struct AgentReport: Equatable, Sendable {
    /// The agent's last word, in which an answer is looked for; nil where it said nothing.
    package var finalText: String?
    /// nil: the agent ended well by its structured fields.
    package var failure: AgentFailure?
    /// One sentence for people about the failure; empty when there is none.
    package var message = ""
    package var usage = Usage()
    package var model: String?
    package var session: String?
    /// It ended with 0 and not a word of its protocol, as a wrapper or another version of it may: `failure`
    /// stands unless an answer is found in its file, or in the plain text that is `finalText` then.
    package var isPlain = false
    /// What its permission rules refused, one line each.
    package var denials: [String] = []

    package init() {}
}
