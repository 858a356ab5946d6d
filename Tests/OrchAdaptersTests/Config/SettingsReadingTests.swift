import OrchCore
import Testing
import YAML

@testable import OrchAdapters

@Suite struct SettingsReadingTests {
    @Test func `every setting can be read`() throws {
        let text = """
            project_dir: ~/app
            backend: internal
            required_tools: [bun, "1.10"]
            workflow:
              auto_close: false
              review_owner: "@ann"
              enable_review_agent: "true"
              review_agent: codex
              max_attempts: 3
              allowed_authors: [bob]
              timeout_seconds: 60
              timeout_by_complexity: { simple: 5, complex: 0 }
              silence_seconds: 7
              max_tokens: 8
              max_cost_usd: 2.5
              parallel: 9
              stuck_timeout: 10
              disallowed_tools: []
              sandbox: false
              use_tmux: "false"
              required_skills: [s]
            model_map:
              simple: { claude: haiku, mine: "" }
              free: [f]
            git: { name: N, email: e@x }
            hooks: { on_pr_created: 'echo "${ORCH_PR_URL}"', on_task_started: "" }
            """
        let (read, problems) = try settings(of: text)
        #expect(!problems.contains { $0.severity == .error })
        var expected = Settings()
        expected.projectDirectory = "~/app"
        expected.backend = .internal
        expected.requiredTools = ["bun", "1.10"]
        expected.workflow.autoClose = false
        expected.workflow.reviewOwner = "ann"
        expected.workflow.enableReviewAgent = true
        expected.workflow.reviewAgent = .codex
        expected.workflow.maxAttempts = 3
        expected.workflow.allowedAuthors = ["bob"]
        expected.workflow.timeout = .seconds(60)
        expected.workflow.timeoutByComplexity = [.simple: .seconds(5), .complex: .zero]
        expected.workflow.silence = .seconds(7)
        expected.workflow.maxTokens = 8
        expected.workflow.maxCostMicroDollars = 2_500_000
        expected.workflow.parallel = 9
        expected.workflow.stuckTimeout = .seconds(10)
        expected.workflow.disallowedTools = []
        expected.workflow.sandbox = false
        expected.workflow.useTmux = false
        expected.workflow.requiredSkills = ["s"]
        expected.models = ["simple": [.claude: "haiku"]]
        expected.freeModels = ["f"]
        expected.git.name = "N"
        expected.git.email = "e@x"
        expected.hooks = ["on_pr_created": "echo \"${ORCH_PR_URL}\""]
        #expect(read == expected)
    }

    @Test func `agents, router and GitHub can be read`() throws {
        let text = """
            router:
              { mode: round_robin, agent: claude, model: haiku, timeout_seconds: 1, fallback_executor: codex,
                disabled_agents: [opencode], allowed_tools: [jq], default_skills: [gh] }
            agents:
              mine: { command: [a, "{{MODEL}}"], input: stream }
              other: { command: solo }
              claude:
                { allowed_tools: [Read], permission_mode: plan, pass_env: [P], env: { K: "${V}", N: 1 } }
              codex: { sandbox: none, protocol: exec }
              opencode: { models: [m], permission: { bash: { "*": allow, "rm": deny }, n: 1 } }
            gh:
              enabled: false
              repo: a/b
              sync_label: sync
              project_id: PVT_1
              project_status_field_id: F
              project_status_names: { done: Done, review: [In Review, QA] }
              project_status_map: { done: "98", review: "" }
              backoff: { mode: skip, base_seconds: 1, max_seconds: 2 }
            """
        let (read, problems) = try settings(of: text, environment: ["V": "v"])
        #expect(!problems.contains { $0.severity == .error })
        var expected = Settings()
        expected.router.mode = .roundRobin
        expected.router.agent = .claude
        expected.router.model = "haiku"
        expected.router.timeout = .seconds(1)
        expected.router.fallbackExecutor = .codex
        expected.router.disabledAgents = [.opencode]
        expected.router.allowedTools = ["jq"]
        expected.router.defaultSkills = ["gh"]
        let mine = try #require(AgentName("mine"))
        expected.agents[mine, default: AgentSettings()].command = ["a", "{{MODEL}}"]
        expected.agents[mine]?.input = .stream
        expected.agents[try #require(AgentName("other")), default: AgentSettings()].command = ["solo"]
        expected.agents[.claude, default: AgentSettings()].allowedTools = ["Read"]
        expected.agents[.claude]?.permissionMode = "plan"
        expected.agents[.claude]?.passedVariables = ["P"]
        expected.agents[.claude]?.environment = ["K": "v", "N": "1"]
        expected.agents[.codex, default: AgentSettings()].sandbox = "none"
        expected.agents[.codex]?.codexProtocol = .exec
        expected.agents[.opencode, default: AgentSettings()].models = ["m"]
        expected.agents[.opencode]?.permissionJSON = #"{"bash":{"*":"allow","rm":"deny"},"n":1}"#
        expected.github.isEnabled = false
        expected.github.repository = RepositorySlug("a/b")
        expected.github.syncLabel = "sync"
        expected.github.board.id = "PVT_1"
        expected.github.board.statusField = "F"
        expected.github.board.names = ["done": ["Done"], "review": ["In Review", "QA"]]
        expected.github.board.options = ["done": "98"]
        expected.github.backoff.mode = .skip
        expected.github.backoff.base = .seconds(1)
        expected.github.backoff.maximum = .seconds(2)
        #expect(read == expected)
    }

    @Test(arguments: [
        "", "# nothing\n", "---\n", "workflow:\n", "workflow:\n  # max_attempts: 3\n", "agents:\n  claude:\n",
        "gh:\n  repo: owner/repo\n", "workflow:\n  review_owner: '@owner'\n",
    ])
    func `what says nothing changes nothing`(text: String) throws {
        let (read, problems) = try settings(of: text)
        #expect(read == Settings())
        #expect(problems == [])
    }

    @Test func `a number may come from a variable`() throws {
        let (read, problems) = try settings(of: "workflow: { parallel: \"${N:-7}\" }\n")
        #expect(read.workflow.parallel == 7)
        #expect(problems == [])
    }
}
