/// A project's configuration, read, merged and checked; every field has the default that stands here.
///
/// The keys and their words are in `config.example.yml`; `OrchAdapters/Config` reads them.
package struct Settings: Equatable, Sendable {
    package var workflow = Workflow()
    package var router = Router()
    package var github = GitHub()
    /// `model_map`: by complexity (`simple`, `medium`, `complex`, `review`), then by agent.
    package var models: [String: [AgentName: String]] = [:]
    /// `model_map.free`: for opencode when everything else is at its limit, in turn.
    package var freeModels: [String] = []
    /// `agents.NAME`; agents not named run with the defaults.
    package var agents: [AgentName: AgentSettings] = [:]
    package var git = Git()
    /// `required_tools`: programs that must be on PATH before an agent is started.
    package var requiredTools: [String] = []
    /// `hooks.NAME`: a command of the user's, run by `bash -c` with facts in its
    /// environment and never in its text.
    package var hooks: [String: String] = [:]
    /// `notify.NAME`: where notices go. Only the global file's counts.
    package var notify: [String: NoticeSink] = [:]
    /// `project_dir`: a project to look after beside the registered ones; empty: none. Only
    /// the global file's counts.
    package var projectDirectory = ""
    /// Where this project's tasks live.
    package var backend = TaskKey.Backend.github
    package var listen = Listen()
    package var discord = Discord()

    package var telegram = Telegram()
    /// `people`: what somebody may do from a chat, by service (`telegram`), then by the service's own number.
    /// Only the global file's counts.
    package var people: [String: [String: Role]] = [:]

    package init() {}

    package struct Workflow: Equatable, Sendable {
        package var autoClose = true
        package var reviewOwner = ""
        package var enableReviewAgent = false
        package var reviewAgent: AgentName?
        package var maxAttempts = 10
        /// Logins that may drive orch beside the repository's owner.
        package var allowedAuthors: [String] = []
        /// 0: no limit.
        package var timeout: Duration = .seconds(1800)
        package var timeoutByComplexity: [Complexity: Duration] = [:]
        /// How long an agent may say nothing; 0: no limit.
        package var silence: Duration = .seconds(900)
        /// Tokens in and out of one run; 0: no limit.
        package var maxTokens = 0
        /// Cost of one run in millionths of a dollar; 0: no limit.
        package var maxCostMicroDollars = 0
        /// How many runs this project may have at a time.
        package var parallel = 4
        package var stuckTimeout: Duration = .seconds(1800)
        package var disallowedTools = ["Bash(rm *)", "Bash(rm -*)"]
        package var sandbox = true
        package var useTmux = true
        package var requiredSkills: [String] = []
        /// How long attempts, logs and the like are kept; 0: for ever.
        package var retentionDays = 30
        /// “Done” has to be seen: a commit, on the remote, with a pull request. v0 believed the agent.
        package var verifyDone = true
        package var review = Review()

        package init() {}

        package func timeLimit(for complexity: Complexity) -> Duration {
            timeoutByComplexity[complexity] ?? timeout
        }
    }

    /// `workflow.review_…` and `workflow.merge_…`: what happens to open pull requests.
    package struct Review: Equatable, Sendable {
        package var includesDrafts = false
        /// A longer diff is cut before it is shown to the reviewing agent, in lines.
        package var diffLimit = 5000
        /// What the review owner writes to have a pull request merged, commas between; empty:
        /// nothing is merged by comment.
        package var mergeCommands = "merge,lgtm,ship it"
        package var mergeStrategy = MergeStrategy.squash
        /// Merge an agent's pull request by itself once another agent has approved it and its checks are
        /// green.
        package var mergesApproved = false
        /// How often failing checks go back to the agent before a person is asked.
        package var checkRounds = 3
        /// How often a review that wants changes goes back to the agent before a person is asked.
        package var reviewRounds = 3

        package init() {}

        package enum MergeStrategy: String, CaseIterable, Sendable {
            case squash
            case merge
            case rebase
        }
    }

    package struct Router: Equatable, Sendable {
        package var mode = Mode.auto
        package var agent: AgentName?
        package var model: String?
        package var timeout: Duration = .seconds(120)
        package var fallbackExecutor: AgentName?
        package var disabledAgents: [AgentName] = []
        package var allowedTools: [String] = []
        package var defaultSkills: [String] = []

        package init() {}

        /// Whether an agent is asked who does a task.
        package var asks: Bool { mode == .llm || (mode == .auto && agent != nil) }

        package enum Mode: String, CaseIterable, Sendable {
            /// `llm` where `router.agent` is named, else turns.
            case auto
            case roundRobin = "round_robin"
            /// Turns, the fewer the more often an agent met its limit lately.
            case weighted = "weighted_round_robin"
            case llm
        }
    }

    package struct GitHub: Equatable, Sendable {
        package var isEnabled = true
        /// nil: this project has no GitHub side; tasks are internal and results are pushed branches.
        package var repository: RepositorySlug?
        /// Only issues with this label become tasks; empty: all.
        package var syncLabel = ""
        package var backoff = Backoff()
        package var board = Board()

        package init() {}

        /// `gh.project_…`: the GitHub project (v2) in which issues are moved along.
        package struct Board: Equatable, Sendable {
            /// Its node id (`PVT_…`); empty: there is no board.
            package var id = ""
            /// The node id of its status field.
            package var statusField = ""
            /// Names that the status field's options may have, by column (`backlog`, `in_progress`, `review`,
            /// `done`); the first that is there counts. A column that is not named has its usual one.
            package var names: [String: [String]] = [:]
            /// Ids of the options, by column.
            package var options: [String: String] = [:]

            package init() {}
        }

        package struct Backoff: Equatable, Sendable {
            package var mode = Mode.wait
            package var base: Duration = .seconds(30)
            package var maximum: Duration = .seconds(900)

            package init() {}

            package enum Mode: String, CaseIterable, Sendable {
                /// Wait for the limit to end, then go on.
                case wait
                /// Give up at once; the next tick tries again.
                case skip
            }
        }
    }

    package struct Git: Equatable, Sendable {
        /// Author and committer of an agent's commits; empty: `AGENT[bot]`.
        package var name = ""
        /// Empty: `AGENT[bot]@users.noreply.github.com`.
        package var email = ""

        package init() {}
    }
}
