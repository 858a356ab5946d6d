import OrchCore
import Testing
import YAML

@testable import OrchAdapters

@Suite struct ConfigMistakesTests {
    struct Case: CustomTestStringConvertible {
        let text: String
        let beginning: String
        let problem: String
        let fix: String

        init(_ text: String, _ beginning: String, _ problem: String, _ fix: String) {
            (self.text, self.beginning, self.problem, self.fix) = (text, beginning, problem, fix)
        }

        var testDescription: String { "\(beginning): \(problem)" }
    }

    @Test(arguments: [
        Case(
            "workflow:\n  max_attempts: many\n",
            "c.yml:2:17: error: workflow.max_attempts",
            "“many” is not a whole number from 1 to 1000",
            "write a whole number from 1 to 1000"),
        Case(
            "workflow:\n  max_attempts: 0\n",
            "c.yml:2:17: error: workflow.max_attempts",
            "“0” is not a whole number from 1 to 1000",
            "write a whole number from 1 to 1000"),
        Case(
            "workflow:\n  auto_close: yes\n",
            "c.yml:2:15: error: workflow.auto_close",
            "“yes” is not `true` or `false`",
            "write `true` or `false`"),
        Case(
            "workflow:\n  auto_close: [true]\n",
            "c.yml:2:15: error: workflow.auto_close",
            "a list is not `true` or `false`",
            "write `true` or `false`"),
        Case(
            "workflow:\n  timeout_seconds: 30m\n",
            "c.yml:2:20: error: workflow.timeout_seconds",
            "“30m” is not whole seconds, 0 to 31536000",
            "write whole seconds, 0 to 31536000"),
        Case(
            "workflow:\n  allowed_authors: ann,bob\n",
            "c.yml:2:20: error: workflow.allowed_authors",
            "“ann,bob” is not a list",
            "write a list such as `[one, two]`"),
        Case(
            "workflow:\n  allowed_authors: [ann, ]\n  required_skills: [{a: b}]\n",
            "c.yml:3:21: error: workflow.required_skills",
            "a mapping is not text",
            "write text"),
        Case(
            "workflow:\n  required_skills:\n    - one\n    -\n",
            "c.yml:4:6: error: workflow.required_skills",
            "nothing is not text",
            "write text"),
        Case(
            "workflow:\n  max_cost_usd: -1\n",
            "c.yml:2:17: error: workflow.max_cost_usd",
            "“-1” is not an amount in dollars, such as `2.50`",
            "write an amount in dollars, such as `2.50`"),
        Case(
            "workflow: 3\n",
            "c.yml:1:11: error: workflow",
            "“3” is not a mapping",
            "write its keys on lines of their own below it (auto_close, max_attempts, parallel …)"),
        Case(
            "gh:\n  repo: app\n",
            "c.yml:2:9: error: gh.repo",
            "“app” is not `OWNER/NAME`",
            "write `OWNER/NAME`"),
        Case(
            "backend: beads\n",
            "c.yml:1:10: error: backend",
            "“beads” is not `github` or `internal`",
            "write `github` or `internal`"),
        Case(
            "agents:\n  codex:\n    sandbox: full\n",
            "c.yml:3:14: error: agents.codex.sandbox",
            "“full” is not `full-auto`, `workspace-write`, `read-only`, `danger-full-access` or `none`",
            "write `full-auto`, `workspace-write`, `read-only`, `danger-full-access` or `none`"),
        Case(
            "agents:\n  mine:\n    command: my-agent --fast\n",
            "c.yml:3:14: error: agents.mine.command",
            "“my-agent --fast” is not a list",
            "write a list such as `[my-agent, --model, \"{{MODEL}}\"]`"),
        Case(
            "agents:\n  My Agent: {}\n",
            "c.yml:2:3: error: agents.My Agent",
            "“My Agent” is not an agent’s name: 1 to 32 of a-z, 0-9, - and _, a letter first",
            "choose another name"),
        Case(
            "router:\n  disabled_agents: [Claude]\n",
            "c.yml:2:21: error: router.disabled_agents",
            "“Claude” is not an agent’s name: 1 to 32 of a-z, 0-9, - and _, a letter first",
            "write an agent’s name: 1 to 32 of a-z, 0-9, - and _, a letter first"),
        Case(
            "git:\n  name: ${WHO}\n",
            "c.yml:2:9: error: git.name",
            "the environment variable WHO is not set",
            "set WHO, write `${WHO:-DEFAULT}`, or `$${` for the characters themselves"),
        Case(
            "notify:\n  desktop:\n    level: loud\n",
            "c.yml:3:12: error: notify.desktop.level",
            "“loud” is not `info`, `attention` or `alarm`", "write `info`, `attention` or `alarm`"),
        Case(
            "notify:\n  desktop:\n    quiet_hours: 22-7\n",
            "c.yml:3:18: error: notify.desktop.quiet_hours",
            "“22-7” is not hours such as `22:00-07:00`", "write hours such as `22:00-07:00`"),
        Case(
            "workflow:\n  max_atempts: 3\n",
            "c.yml:2:3: warning: workflow.max_atempts",
            "there is no such key; it is ignored",
            "did you mean `workflow.max_attempts`?"),
        Case(
            "max_attempts: 3\n",
            "c.yml:1:1: warning: max_attempts",
            "there is no such key; it is ignored",
            "did you mean `workflow.max_attempts`?"),
        Case(
            "nothing_like_it: 3\n",
            "c.yml:1:1: warning: nothing_like_it",
            "there is no such key; it is ignored",
            "remove it, or see config.example.yml"),
        Case(
            "workflow:\n  <<: { parallel: 2 }\n",
            "c.yml:2:3: error: workflow.<<",
            "merge keys are YAML 1.1 and are not read",
            "write the keys out here"),
        Case(
            "hooks:\n  on_pr_create: x\n",
            "c.yml:2:3: warning: hooks.on_pr_create",
            "there is no such key; it is ignored",
            "did you mean `hooks.on_pr_created`?"),
    ])
    func `a mistake is told with its place, its value and its fix`(mistake: Case) throws {
        let problems = try settings(of: mistake.text).problems
        #expect(problems.map(\.description) == ["\(mistake.beginning): \(mistake.problem); \(mistake.fix)"])
    }

    @Test func `every mistake is told at once, and what is right still counts`() throws {
        let text = """
            workflow:
              parallel: lots
              timeout_seconds: -5
              max_attempts: 3
            router:
              disabled_agents: [Bad, codex, Worse]
            git: { nmae: Ada }
            """
        let (read, problems) = try settings(of: text)
        #expect(
            problems.map(\.key) == [
                "workflow.parallel", "workflow.timeout_seconds", "router.disabled_agents",
                "router.disabled_agents", "git.nmae",
            ])
        #expect(problems.map(\.severity) == [.error, .error, .error, .error, .warning])
        #expect(read.workflow.maxAttempts == 3)
        #expect(read.workflow.parallel == 4)
        #expect(read.router.disabledAgents.isEmpty)
    }

    @Test(arguments: ["- a\n- b\n", "just text\n", "a: b: c\n", "\ta: 1\n", "a: 1\na: 2\n"])
    func `a file that is no mapping is one problem with a line`(text: String) throws {
        let error = try #require(throws: ConfigError.self) {
            try ConfigLayer(path: "c.yml", bytes: Array(text.utf8))
        }
        #expect(error.problems.count == 1)
        guard case .file("c.yml", let mark?) = error.problems.first?.place else {
            Issue.record("no line in \(error.problems)")
            return
        }
        #expect((1...2).contains(mark.line))
    }

    @Test func `a value from a variable is never shown`() throws {
        let (_, problems) = try settings(of: "backend: ${SECRET}\n", environment: ["SECRET": "hunter2"])
        #expect(problems.count == 1)
        #expect(!"\(problems)".contains("hunter2"))
        #expect("\(problems)".contains("${SECRET}"))
    }

    @Test func `an error for a person says the first problem and how many more`() {
        let one = ConfigProblem(.error, at: .file("a.yml", nil), key: "gh.repo", problem: "p", fix: "f")
        let warning = ConfigProblem(.warning, at: .variable("X"), problem: "w", fix: "v")
        #expect(ConfigError([warning, one]).problem == "a.yml: gh.repo: p")
        #expect(ConfigError([warning, one]).fix == "f")
        #expect(ConfigError([one, one, warning]).problem == "a.yml: gh.repo: p (and 1 more)")
        #expect(ConfigError([one, one]).fix == "see all of them with `orch config check`")
    }
}
