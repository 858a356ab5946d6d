import OrchCore

enum ServiceError: Explained, Equatable {
    case filesMissing(String)
    case templateBroken(path: String, detail: String)
    case unwritable(what: String, value: String)
    case commandFailed(command: String, detail: String)
    case notRoot
    case userManagerMissing(user: String)
    /// The lines for a crontab have been printed.
    case onlyCron
    case noTimers
    case notInstalled
    case homeOfWhom(user: String)

    var problem: String {
        switch self {
        case .filesMissing(let name): "orch's own file `\(name)` is missing"
        case .templateBroken(let path, let detail): "\(path): \(detail)"
        case .unwritable(let what, let value): "\(what) “\(value)” cannot stand in a timer's file"
        case .commandFailed(let command, let detail): "`\(command)` failed: \(detail)"
        case .notRoot: "a timer of the system's is root's to make"
        case .userManagerMissing(let user):
            "systemd runs this machine, but there is no manager for \(user) to ask"
        case .onlyCron, .noTimers: "there is neither systemd nor launchd to start orch"
        case .notInstalled: "no timer of orch's is installed"
        case .homeOfWhom(let user): "the home of \(user)'s orch is not known"
        }
    }

    var fix: String {
        switch self {
        case .filesMissing: "install orch with its `systemd` and `launchd` folders beside it, in `share/orch`"
        case .templateBroken: "mend the file, or install orch again"
        case .unwritable: "use a path of printable characters without `$`"
        case .commandFailed: "see the detail; `orch service install` may be run again at any time"
        case .notRoot: "run it with `sudo`, or leave out `--system` for a timer of your own"
        case .userManagerMissing:
            "log in as yourself rather than with `su` (or `export XDG_RUNTIME_DIR=/run/user/$(id -u)` after "
                + "`sudo loginctl enable-linger`), or install with `--system`"
        case .onlyCron: "put the lines above into `crontab -e`; cron's shortest interval is a minute"
        case .noTimers: "where cron starts it, look into `crontab -l`"
        case .notInstalled: "`orch service install`"
        case .homeOfWhom(let user):
            "set ORCH_HOME as well: `sudo ORCH_HOME=… orch service install --system --user \(user)`"
        }
    }
}
