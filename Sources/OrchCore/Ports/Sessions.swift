/// Where run hosts live: tmux sessions on orch's own socket, so that a person can look on and type.
package protocol Sessions {
    /// Whether sessions can be had at all here (tmux is installed).
    var isAvailable: Bool { get }

    /// The names of the sessions that are marked as orch's own; empty where no server runs.
    func live() throws(SessionError) -> [String]

    /// Starts `command` in a new detached session, outside the caller's control group where systemd is there,
    /// so that it outlives the unit that started it.
    ///
    /// A session of that name that is left over is ended first: the caller has proven that
    /// nothing of value runs in it.
    func start(_ name: String, command: SessionCommand) throws(SessionError)

    /// The last lines of the pane; empty where there is no such session.
    func capture(_ name: String, lines: Int) throws(SessionError) -> String

    /// Ends exactly this session; nothing happens where there is none.
    func end(_ name: String) throws(SessionError)

    /// The words that attach a terminal to the session.
    func attachCommand(_ name: String) -> [String]
}

package struct SessionCommand: Equatable, Sendable {
    package let program: String
    package let arguments: [String]
    /// The whole environment; the server's own is not trusted to be current.
    package let environment: [String: String]
    package let directory: String

    package init(program: String, arguments: [String], environment: [String: String], directory: String) {
        self.program = program
        self.arguments = arguments
        self.environment = environment
        self.directory = directory
    }
}

package enum SessionError: Error, Equatable, Sendable {
    case programMissing(String)
    case failed(command: String, detail: String)
}

extension SessionError: Explained {
    package var problem: String {
        switch self {
        case .programMissing(let name): "program “\(name)” is not on PATH"
        case .failed(let command, let detail): "\(command) failed: \(detail)"
        }
    }

    package var fix: String {
        switch self {
        case .programMissing(let name): "install `\(name)`, or set `workflow.use_tmux: false`"
        case .failed: "`orch doctor` checks tmux and its socket"
        }
    }
}
