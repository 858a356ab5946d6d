import OrchCore
import Subprocess

/// tmux's command lines, as values.
struct TmuxCommands: Equatable {
    /// tmux answers at once; where it does not, its server hangs.
    private static let limits = Command.Limits(timeout: .seconds(20), outputBytes: 16 << 20)
    /// Lines that a pane keeps for who looks on later: some ten megabytes at most.
    private static let historyLines = 50_000
    private static let columns = 200
    private static let rows = 50

    /// `-L NAME`, for commands that run in our environment.
    let address: [String]
    /// The same server from a terminal of any environment.
    let addressForPeople: [String]

    /// `-u`: what is captured is UTF-8 whatever locale a service runs in. `-f /dev/null`: the server is
    /// orch's, so no user's `tmux.conf` may change what its sessions do.
    private func tmux(_ arguments: [String]) -> Command {
        Command("tmux", arguments: ["-u"] + address + ["-f", "/dev/null"] + arguments).with {
            $0.limits = Self.limits
        }
    }

    /// `=` asks for exactly this name.
    private static func exactly(_ name: String) -> String { "=\(name)" }
    /// Where tmux wants a pane it needs the colon to read the name as a session's.
    private static func pane(of name: String) -> String { "=\(name):" }

    /// Lines of `1 NAME` for orch's own sessions, of ` NAME` for others.
    func list() -> Command { tmux(["list-sessions", "-F", "#{@orch} #{session_name}"]) }

    func end(_ name: String) -> Command { tmux(["kill-session", "-t", Self.exactly(name)]) }

    func capture(_ name: String, lines: Int) -> Command {
        tmux(["capture-pane", "-p", "-J", "-t", Self.pane(of: name), "-S", "-\(lines)"])
    }

    func attach(_ name: String) -> [String] {
        ["tmux", "-u"] + addressForPeople + ["attach-session", "-t", Self.exactly(name)]
    }

    /// One start for all: options, session and mark come from one client, between whose commands the server
    /// does not look elsewhere, so nobody ever sees an unmarked session of ours.
    func start(_ name: String, _ command: SessionCommand) -> Command {
        let variables = command.environment.sorted { $0.key < $1.key }.flatMap {
            ["-e", "\($0.key)=\($0.value)"]
        }
        let settings: [[String]] = [
            ["start-server"],
            ["set-option", "-g", "history-limit", "\(Self.historyLines)"],
            ["set-option", "-g", "remain-on-exit", "off"],
            ["set-option", "-g", "status", "off"],
            // Variables come by -e alone; nothing of whoever attaches.
            ["set-option", "-g", "update-environment", ""],
        ]
        let size = ["-x", "\(Self.columns)", "-y", "\(Self.rows)"]
        let session =
            ["new-session", "-d", "-s", name] + size + ["-c", command.directory] + variables + ["--"]
            + Self.words(of: command)
        let mark = ["set-option", "-t", Self.pane(of: name), "@orch", "1"]
        let steps = (settings + [session, mark]).map { $0.map(Self.literal) }
        return tmux(Array(steps.joined(separator: [";"])))
    }

    /// A single word would go to a shell (tmux(1), new-session); env(1) makes it two.
    private static func words(of command: SessionCommand) -> [String] {
        command.arguments.isEmpty
            ? ["/usr/bin/env", "--", command.program] : [command.program] + command.arguments
    }

    /// tmux takes a word that ends with `;` for the end of its command, unless a backslash stands before it.
    private static func literal(_ word: String) -> String {
        word.hasSuffix(";") ? word.dropLast() + "\\;" : word
    }

    /// The names marked as orch's own in the answer to `list()`.
    static func marked(in text: String) -> [String] {
        text.split(separator: "\n").compactMap { line in
            line.hasPrefix("1 ") ? String(line.dropFirst(2)) : nil
        }
    }
}
