/// Everything an adapter needs to know to start its agent. All paths are absolute.
package struct AgentRequest: Sendable {
    package var agent: AgentName
    /// nil: the agent's own default.
    package var model: String?
    /// Role and rules; trusted text only.
    package var systemPrompt: String
    /// The task itself; trusted text only.
    package var message: String
    /// Where the agent works.
    package var worktree: String
    /// The main checkout, from which the sandbox keeps the agent; equal to `worktree` when there is none.
    package var mainDirectory: String
    /// The attempt's own folder, outside the worktree: prompts and logs go there.
    package var attemptDirectory: String
    /// Where the agent is asked to write its answer.
    package var answerPath: String
    package var settings: AgentSettings
    /// The task, for templates; empty where the run is about none.
    package var taskID = ""
    /// What the agent may still cost, in millionths of US dollars; nil: no limit.
    package var costLimitMicroDollars: Int?
    /// A session of an earlier process to go on with; nil: a new one.
    package var resuming: String?

    package init(
        agent: AgentName, model: String?, systemPrompt: String, message: String, settings: AgentSettings,
        places: Places
    ) {
        self.agent = agent
        self.model = model
        self.systemPrompt = systemPrompt
        self.message = message
        self.settings = settings
        worktree = places.worktree
        mainDirectory = places.mainDirectory
        attemptDirectory = places.attemptDirectory
        answerPath = places.answerPath
    }

    /// The paths of a request.
    package struct Places: Sendable {
        package let worktree: String
        package let mainDirectory: String
        package let attemptDirectory: String
        package let answerPath: String

        package init(worktree: String, mainDirectory: String, attemptDirectory: String, answerPath: String) {
            self.worktree = worktree
            self.mainDirectory = mainDirectory
            self.attemptDirectory = attemptDirectory
            self.answerPath = answerPath
        }
    }
}
