import Arguments
import Testing

@testable import OrchCommands

@Suite struct CommandTreeTests {
    /// All commands that can be run, by their words.
    private static func leaves(_ table: CommandTable = CommandTree.root, _ words: [String] = []) -> [[String]]
    {
        table.isGroup
            ? table.subcommands.flatMap { leaves($0, words + [$0.name]) } : [words]
    }

    @Test func `has no defects`() {
        #expect(CommandTree.root.defects() == [])
    }

    @Test(arguments: leaves()) func `runs every command that it explains`(_ words: [String]) throws {
        let command = try #require(CommandTree.command(words))
        #expect(command.table.name == words.last)
    }

    @Test(arguments: [[], ["task"], ["tas", "add"], ["task", "add", "x"], ["add"]])
    func `runs nothing else`(_ words: [String]) {
        #expect(CommandTree.command(words) == nil)
    }

    @Test func `gives each command's flags to its own table`() throws {
        guard
            case .command(let arguments) = try CommandTree.root.parse(["tasks", "ls", "-s", "done", "--json"])
        else {
            Issue.record("no command")
            return
        }
        #expect(arguments.path == ["task", "list"])
        #expect(arguments.value("status") == "done")
        #expect(arguments.flag("json"))
    }

    @Test func `can complete every kind that a table asks for`() {
        // The scripts hold the kinds as `ask` words; what the program cannot answer would complete nothing.
        let script = CompletionScript.render(CommandTree.root, for: .bash)
        for kind in CompleteCommand.Kind.allCases where kind != .statuses {
            #expect(script.contains("'\(kind.rawValue)'") || script.contains(" \(kind.rawValue)"), "\(kind)")
        }
        #expect(!script.contains("__complete'"))
    }

    @Test func `completes keys that can be typed`() {
        let words = CompleteCommand.configKeys(agents: ["claude", "mine"]).map(\.word)
        #expect(words.contains("agents.mine.command") && words.contains("model_map.simple.claude"))
        #expect(words.contains("gh.repo"))
        #expect(!words.contains { $0.contains("AGENT") || $0.contains("VARIABLE") })
    }

    @Test(arguments: [
        (["config", "gh.repo"], ["config", "get", "gh.repo"]),
        (["config", ".gh.repo", "--json"], ["config", "get", ".gh.repo", "--json"]),
        (["config", "--json", "gh.repo"], ["config", "--json", "get", "gh.repo"]),
        (["-p", "config", "config", "gh.repo"], ["-p", "config", "config", "get", "gh.repo"]),
        (["--project=a", "config", "chek"], ["--project=a", "config", "chek"]), (["-p"], ["-p"]),
        (["config", "workflow"], ["config", "get", "workflow"]), (["config", "chek"], ["config", "chek"]),
        (["config", "sett", "a", "b"], ["config", "sett", "a", "b"]),
        (["config", "get", "gh.repo"], ["config", "get", "gh.repo"]),
        (["config", "check"], ["config", "check"]), (["config", "--help"], ["config", "--help"]),
        (["config", "help"], ["config", "help"]), (["config"], ["config"]),
        (["task", "config", "x"], ["task", "config", "x"]), ([], []),
    ]) func `reads a bare key as a question`(_ words: [String], _ expanded: [String]) {
        #expect(ConfigCommands.expanded(words) == expanded)
    }
}
