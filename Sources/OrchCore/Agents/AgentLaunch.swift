/// How to start an agent: a value that a pure function made, so that a test can look at it.
package struct AgentLaunch: Equatable, Sendable {
    /// Looked up on the agent's PATH.
    package var program: String
    /// Never holds text of a task: prompts go by standard input or by file.
    package var arguments: [String]
    /// Beside the allow-listed environment.
    package var environment: [String: String] = [:]
    package var input = Input.nothing
    /// Files to be written before the start: absolute path and content. Those inside the worktree are orch's
    /// own and are kept out of commits.
    package var files: [File] = []

    package init(program: String, arguments: [String]) {
        self.program = program
        self.arguments = arguments
    }

    package enum Input: Equatable, Sendable {
        /// `/dev/null`.
        case nothing
        /// This text, then end of file.
        case text(String)
        /// Stays open: the conversation writes to it, first what its `begin()` returns.
        case conversation
    }

    package struct File: Equatable, Sendable {
        package let path: String
        package let content: String

        package init(path: String, content: String) {
            self.path = path
            self.content = content
        }
    }
}
