import OrchCore
import Platform
import Subprocess

/// What the timer's environment lacks, seen when it is written down.
struct ServiceReadiness {
    let definition: ServiceDefinition
    let environment: [String: String]

    /// Without them nothing can be done; what else is missing `orch doctor --from-timer` tells.
    private static let needed = ["git", "gh", "tmux"]

    private static let healthLimits = Command.Limits(timeout: .seconds(30), outputBytes: 64 << 10)

    func findings() -> [Finding] { programs + [root, login].compactMap { $0 } + secrets }

    private var programs: [Finding] {
        Self.needed.filter { ProgramSearch.find($0, path: definition.environment["PATH"] ?? "") == nil }.map {
            .warning(
                "service", "“\($0)” is not on the PATH that the timer gets",
                fix: "install it, then `orch service install` again")
        }
    }

    private var root: Finding? {
        guard (definition.user ?? Account.current()?.name) == "root" else { return nil }
        return .warning(
            "service", "agents will run as root, and may do anything to this machine",
            fix: "install it as a normal user, or with `--system --user NAME`")
    }

    /// Asked with what the timer will have, so that a token of this shell does not answer for it.
    private var login: Finding? {
        let isOwn = definition.user == nil || definition.user == Account.current()?.name
        guard isOwn, let gh = ProgramSearch.find("gh", path: definition.environment["PATH"] ?? "") else {
            return nil
        }
        var variables = environment.filter { !ServiceEnvironment.secrets.contains($0.key) }
        variables.merge(definition.environment) { _, timers in timers }
        let command = Command(gh, "auth", "status").with {
            $0.environment = Command.Environment(variables)
            $0.limits = Self.healthLimits
        }
        // Not to be started is like not logged in: the fix is the same.
        guard written.isDisjoint(with: ["GH_TOKEN", "GITHUB_TOKEN"]), (try? command.run())?.succeeded != true
        else { return nil }
        return .warning(
            "service", "`gh` has no login of its own",
            fix: "`gh auth login`, or GH_TOKEN=… in \(definition.secretsFile)")
    }

    private var secrets: [Finding] {
        ServiceEnvironment.secrets.filter { environment[$0, default: ""] != "" && !written.contains($0) }.map
        {
            .warning(
                "service", "\($0) is set here, and the timer will not see it",
                fix: "if it is needed, put it into \(definition.secretsFile)")
        }
    }

    /// The names in the file of secrets. What cannot be read here is the timer's to complain of.
    private var written: Set<String> {
        let path = [ServiceSecrets.variable: definition.secretsFile]
        return Set(((try? ServiceSecrets.added(to: path)) ?? [:]).keys)
    }
}
