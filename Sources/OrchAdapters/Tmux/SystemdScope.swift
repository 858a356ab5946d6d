import Platform
import Subprocess

/// How a program gets out of the unit that started it: systemd ends what is left in a unit's control group
/// when the unit ends, tmux's server included, silently. A transient scope is a control group of its own.
enum SystemdScope: Equatable {
    case user
    case system

    /// The manager that can be asked; nil without systemd, and for a user without a manager of their own.
    ///
    /// - Parameters:
    ///   - environment: of orch; a session or a user's unit has `XDG_RUNTIME_DIR`.
    ///   - root: where `/run` is; for tests.
    static func available(_ environment: [String: String], isRoot: Bool, root: String = "") -> SystemdScope? {
        guard ProgramSearch.find("systemd-run", path: environment["PATH"] ?? "") != nil else { return nil }
        if let runtime = environment["XDG_RUNTIME_DIR"],
            FileStatus.ifPresent("\(root)\(runtime)/systemd/private") != nil
        {
            return .user
        }
        // sd_booted(3): this folder is there if systemd runs the machine.
        let isBooted = FileStatus.ifPresent("\(root)/run/systemd/system")?.kind == .directory
        return isRoot && isBooted ? .system : nil
    }

    /// `--collect`: a scope that failed is forgotten as well.
    func running(_ command: Command) -> Command {
        let options = (self == .user ? ["--user"] : []) + ["--scope", "--collect", "--quiet", "--"]
        return command.with {
            $0.program = "systemd-run"
            $0.arguments = options + [command.program] + command.arguments
        }
    }
}
