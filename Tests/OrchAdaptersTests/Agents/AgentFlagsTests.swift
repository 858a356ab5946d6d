import OrchCore
import Platform
import Subprocess
import Testing

@testable import OrchAdapters

/// Every option that an adapter may pass is one that the installed program knows.
@Suite struct AgentFlagsTests {
    @Test(.requiresAgent("claude"))
    func `claude knows each option`() throws {
        let claude = try #require(InstalledAgent.path("claude"))
        let arguments = ClaudeAdapter(zone: .utc).launch(everything(.claude)).arguments
        let help = try help(claude, ["--help"])
        for option in options(arguments) {
            // Said in the help of --bare as `--append-system-prompt[-file]`, and nowhere else.
            let spelled = option.hasSuffix("-file") ? "\(option.dropLast(5))[-file]" : option
            #expect(help.contains(spelled), "\(option) is not in the help of \(claude)")
        }
        #expect(help.contains("\"\(AgentSettings().permissionMode)\""))
    }

    @Test(
        .requiresAgent("codex"), arguments: ["full-auto", "read-only", "danger-full-access", "none"],
        [nil, "id"])
    func `codex knows each option where it stands`(sandbox: String, session: String?) throws {
        let codex = try #require(InstalledAgent.path("codex"))
        var request = everything(.codex)
        request.settings.codexProtocol = .exec
        request.settings.sandbox = sandbox
        request.resuming = session
        let arguments = CodexAdapter(zone: .utc).launch(request).arguments
        let verb = try #require(arguments.firstIndex(of: "exec"))
        let root = try help(codex, ["--help"])
        for option in options(Array(arguments[..<verb])) {
            #expect(root.contains(option), "\(option) of codex")
        }
        let words = ["exec"] + (session == nil ? [] : ["resume"])
        let exec = try help(codex, words + ["--help"])
        for option in options(Array(arguments[verb...])) {
            #expect(exec.contains(option), "\(option) of \(words)")
        }
    }

    @Test(.requiresAgent("codex"))
    func `codex has an app server that takes settings`() throws {
        let codex = try #require(InstalledAgent.path("codex"))
        let environment = Command.Environment.inherit(only: ["PATH", "HOME", "TMPDIR"])
        let output = try AgentProbe.codexAppServer(codex, environment: environment).run()
        #expect(AgentProbe.readAppServer(output))
        #expect(output.text.contains("-c, --config"))
    }

    /// A request that uses everything an adapter can be asked for.
    private func everything(_ agent: AgentName) -> AgentRequest {
        AgentFixture.request(agent) {
            $0.model = "m"
            $0.resuming = "id"
            $0.settings.allowedTools = ["Edit"]
            $0.costLimitMicroDollars = 1_000_000
        }
    }

    /// The words that are options; their values begin otherwise.
    private func options(_ arguments: [String]) -> [String] {
        arguments.filter { $0.hasPrefix("-") && $0 != "-" }
    }

    private func help(_ program: String, _ arguments: [String]) throws -> String {
        let output = try Command(program, arguments: arguments).with {
            $0.environment = .inherit(only: ["PATH", "HOME", "TMPDIR"])
            $0.limits = .init(timeout: .seconds(60), outputBytes: 1 << 20)
        }.run()
        #expect(output.succeeded, "\(output.errorText)")
        return output.text
    }
}
