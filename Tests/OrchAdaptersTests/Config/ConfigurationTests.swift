import OrchCore
import Testing
import YAML

@testable import OrchAdapters

@Suite struct ConfigurationTests {
    @Test func `a project’s file is laid over the global one key by key, lists as a whole`() throws {
        let sandbox = try ConfigSandbox()
        let configuration = try sandbox.configuration(
            """
            workflow: { max_attempts: 3, parallel: 2, allowed_authors: [ann, bob] }
            model_map: { simple: { claude: haiku, codex: mini }, medium: { claude: sonnet } }
            agents:
              opencode: { permission: { bash: allow, edit: allow } }
              claude: { env: { A: "1", B: "1" } }
            """,
            project: """
                workflow: { parallel: 8, allowed_authors: [eve], max_attempts: }
                model_map: { simple: { codex: big } }
                agents: { opencode: { permission: { edit: deny } }, claude: { env: { B: "2" } } }
                """)
        let read = configuration.settings
        #expect(configuration.problems == [])
        #expect(read.workflow.parallel == 8)
        #expect(read.workflow.allowedAuthors == ["eve"])
        #expect(read.workflow.maxAttempts == Settings().workflow.maxAttempts)
        #expect(read.models == ["simple": [.claude: "haiku", .codex: "big"], "medium": [.claude: "sonnet"]])
        #expect(read.agents[.opencode]?.permissionJSON == #"{"bash":"allow","edit":"deny"}"#)
        #expect(read.agents[.claude]?.environment == ["A": "1", "B": "2"])
    }

    @Test func `problems of both files are told, even of a value that is replaced`() throws {
        let sandbox = try ConfigSandbox()
        let configuration = try sandbox.configuration(
            "workflow: { parallel: x }\n", project: "workflow: { parallel: 8 }\nnope: 1\n")
        #expect(
            configuration.problems.map { "\($0.place)" } == [
                sandbox.path("home/.orch/config.yml") + ":1:23",
                sandbox.path("project/orchestrator.yml") + ":2:1",
            ])
        let error = #expect(throws: ConfigError.self) { try configuration.checked() }
        #expect(error?.problems.count == 2)
    }

    @Test func `what is not one project's is not its file's to say, and that is told`() throws {
        let sandbox = try ConfigSandbox()
        let configuration = try sandbox.configuration(
            "listen: { address: 127.0.0.1:1 }\n",
            project: """
                project_dir: /elsewhere
                listen: { address: 0.0.0.0:80, no_such_key: 1 }
                telegram: { token: x }
                discord: { token: x }
                people: { telegram: { 1: owner } }
                notify: { mine: { command: [a] } }
                workflow: { parallel: 8 }
                """)
        let read = configuration.settings
        #expect(!configuration.hasErrors)
        #expect(
            configuration.problems.map(\.key) == [
                "project_dir", "listen", "telegram", "discord", "people", "notify",
            ])
        #expect(read.listen.address == "127.0.0.1:1")
        #expect(read.people == Settings().people)
        #expect(read.workflow.parallel == 8)
    }

    @Test func `variables have the last word`() throws {
        let sandbox = try ConfigSandbox()
        sandbox.environment.merge([
            "POLL_JOBS": "1", "STUCK_TIMEOUT": "2", "AGENT_TIMEOUT_SECONDS": "3", "USE_TMUX": "false",
            "CODEX_SANDBOX": "none", "ORCH_GH_REPO": "x/y", "ORCH_BACKEND": "internal",
            "GH_BACKOFF_MODE": "skip",
            "MERGE_STRATEGY": "",
        ]) { $1 }
        let configuration = try sandbox.configuration(
            "workflow: { timeout_by_complexity: { simple: 9 }, merge_strategy: rebase }\n",
            project: "gh: { repo: a/b }\nworkflow: { parallel: 5 }\n")
        let read = configuration.settings
        #expect(!configuration.hasErrors)
        #expect(read.workflow.parallel == 1)
        #expect(read.workflow.stuckTimeout == .seconds(2))
        #expect(read.workflow.timeLimit(for: .simple) == .seconds(3))
        #expect(!read.workflow.useTmux)
        #expect(read.agents[.codex]?.sandbox == "none")
        #expect(read.github.repository == RepositorySlug("x/y"))
        #expect(read.backend == .internal)
        #expect(read.github.backoff.mode == .skip)
        #expect(read.workflow.review.mergeStrategy == .rebase)
    }

    @Test func `a bad variable is told by its name`() throws {
        let sandbox = try ConfigSandbox()
        sandbox.environment["POLL_JOBS"] = "four"
        let configuration = try sandbox.configuration("")
        #expect(configuration.problems.map(\.place) == [.variable("POLL_JOBS")])
        #expect(configuration.hasErrors)
    }

    @Test func `every variable’s key is in the table`() throws {
        for row in ConfigVariables.all {
            let found = ConfigTable.shape.find(ConfigKeyPath.parts(of: row.key))
            #expect(found?.shape.key != nil, "\(row.variable)")
        }
    }

    @Test(arguments: [
        ("workflow.max_attempts", "3"), (".workflow.max_attempts", "3"), ("workflow.parallel", "4"),
        ("gh.repo", "a/b"), ("agents.claude.permission_mode", "bypassPermissions"), ("router.agent", ""),
        ("llm.output_format", "text"), ("llm.input_format", ""), ("my.own.key", "7"),
        ("hooks.on_task_failed", ""),
        ("workflow.timeout_by_complexity.simple", "null"), ("workflow.max_cost_usd", "0.0"),
    ])
    func `a key answers with the value in effect`(key: String, expected: String) throws {
        let sandbox = try ConfigSandbox()
        let configuration = try sandbox.configuration(
            "workflow: { max_attempts: 9 }\nmy: { own: { key: 7 } }\nllm: { output_format: text }\n",
            project: "workflow: { max_attempts: 3 }\ngh: { repo: a/b }\n")
        #expect(try configuration.value(of: key).text == expected)
    }

    @Test func `a section answers with everything below it`() throws {
        let sandbox = try ConfigSandbox()
        let configuration = try sandbox.configuration(
            "model_map: { simple: { claude: haiku } }\ngit: { name: Ada }\n")
        #expect(try configuration.value(of: "git") == ["name": "Ada", "email": ""])
        let models: Node = [
            "simple": ["claude": "haiku"], "medium": [:], "complex": [:], "review": [:], "free": [],
        ]
        #expect(try configuration.value(of: ".model_map") == models)
        #expect(try configuration.value(of: "workflow.disallowed_tools") == ["Bash(rm *)", "Bash(rm -*)"])
    }

    @Test func `an unknown key is refused with a guess`() throws {
        let sandbox = try ConfigSandbox()
        let configuration = try sandbox.configuration("")
        let error = #expect(throws: ConfigError.self) { try configuration.value(of: "workflow.max_attemps") }
        #expect(error?.fix == "did you mean `workflow.max_attempts`?")
    }
}
