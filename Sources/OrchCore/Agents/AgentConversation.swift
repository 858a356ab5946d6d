/// The talk with one running agent, as a state machine without I/O: lines of its
/// output go in, effects come out.
///
/// One value lives as long as one agent process. It can be fed again from the first line of a recorded
/// stream, so a host that takes over a run rebuilds the state by replaying the log with the effects ignored.
package protocol AgentConversation {
    /// What to do once the process has started.
    mutating func begin() -> [AgentEffect]

    /// One whole line of the agent's standard output, without its line end.
    ///
    /// A line that is not of the agent's protocol is an event `.text` or `.notice`, never an error.
    mutating func receive(line: String) -> [AgentEffect]

    /// The beginning of a line that nothing has followed for a moment, perhaps a question. The whole line
    /// comes later, or with the end of the output as it is.
    mutating func receive(unfinished text: String) -> [AgentEffect]

    /// A person's words for the agent.
    mutating func say(_ words: String) -> [AgentEffect]

    /// The process has ended.
    ///
    /// - Parameters:
    ///   - exit: its exit status, 128 + n for a signal; nil when nobody could know (its parent was killed).
    ///   - errorTail: the end of its standard error, for what structured fields do not say.
    ///   - now: for limits that reset “at 10:59 PM”.
    func report(exit: Int32?, errorTail: String, now: Timestamp) -> AgentReport
}

extension AgentConversation {
    /// In a protocol, half a line is nothing.
    package mutating func receive(unfinished text: String) -> [AgentEffect] { [] }
}

/// What a conversation wants done.
package enum AgentEffect: Equatable, Sendable {
    case event(AgentEvent)
    /// Write this to the agent's standard input as it is (line ends included).
    case write(String)
    /// The agent has answered and nothing is pending: close its input and let it end.
    case finish
    /// The agent's protocol takes no input while it runs: interrupt it, and start it again with
    /// `AgentRequest.resuming` set and these words as its message.
    case resume(words: String)
}
