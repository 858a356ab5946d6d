import OrchCore
import Platform
import Testing

@testable import OrchAdapters

@Suite struct CodexAdapterTests {
    private func launch(_ change: (inout AgentRequest) -> Void) -> AgentLaunch {
        CodexAdapter(zone: .utc).launch(AgentFixture.request(.codex, change: change))
    }

    @Test func `talks to the app server where there is one`() {
        let launch = launch { _ in }
        #expect(
            launch.arguments == [
                "app-server", "-c", "sandbox_workspace_write.network_access=true", "-c",
                "shell_environment_policy.inherit=all",
            ])
        #expect(launch.input == .conversation)
    }

    @Test func `falls back to exec where there is none`() {
        let request = AgentFixture.request(.codex)
        #expect(CodexAdapter(hasAppServer: false, zone: .utc).launch(request).arguments.contains("exec"))
    }

    @Test(arguments: [
        (
            "full-auto",
            [
                "--ask-for-approval", "never", "--sandbox", "workspace-write",
                "-c", "sandbox_workspace_write.network_access=true", "-c",
                "shell_environment_policy.inherit=all",
            ]
        ),
        ("danger-full-access", ["--ask-for-approval", "never", "--sandbox", "danger-full-access"]),
        ("none", ["--dangerously-bypass-approvals-and-sandbox"]),
    ])
    func `puts approvals and sandbox before exec, and the prompt on standard input`(
        sandbox: String, root: [String]
    ) {
        let launch = launch {
            $0.settings.codexProtocol = .exec
            $0.settings.sandbox = sandbox
        }
        #expect(launch.arguments == root + ["exec", "--json", "-"])
        #expect(launch.input == .text("SYSTEM WORDS\n\nTASK WORDS"))
    }

    @Test func `what may only read begins with exec`() {
        let launch = launch {
            $0.settings.codexProtocol = .exec
            $0.settings.sandbox = "read-only"
        }
        let words = ["exec", "--sandbox", "read-only", "-c", #"approval_policy="never""#, "--json", "-"]
        #expect(launch.arguments == words)
    }

    @Test func `goes on with a session, to which the system prompt is known`() {
        let launch = launch {
            $0.settings.codexProtocol = .exec
            $0.settings.sandbox = "none"
            $0.model = "gpt"
            $0.resuming = "id"
            $0.message = "go on"
        }
        #expect(
            launch.arguments == [
                "--dangerously-bypass-approvals-and-sandbox", "exec", "resume", "--json", "--model", "gpt",
                "id", "-",
            ])
        #expect(launch.input == .text("go on"))
    }

    @Test func `opens the folder of the answer where that is outside of the worktree`() {
        let launch = launch { $0.answerPath = "/home/user/the \"attempt\"/answer.json" }
        #expect(
            launch.arguments.last
                == #"sandbox_workspace_write.writable_roots=["/home/user/the \"attempt\""]"#)
    }
}
