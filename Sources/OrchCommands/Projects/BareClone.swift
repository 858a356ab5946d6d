import OrchAdapters
import OrchCore
import OrchEngine
import Platform
import Subprocess

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A bare clone of orch's own: `$ORCH_HOME/projects/OWNER/NAME.git`, where v0 has it.
struct BareClone {
    let slug: RepositorySlug
    let home: HomePaths
    let environment: [String: String]

    /// The largest repositories take this long over a slow line.
    private static let timeout: Duration = .seconds(3600)
    private static let outputLimitBytes = 1 << 20

    var path: String { "\(home.clones)/\(slug.owner)/\(slug.name).git" }

    /// Into a folder beside its place, so that half a clone is never taken for one.
    ///
    /// - Parameter store: knows which git settings of a clone that is there already were accepted.
    /// - Returns: where it is.
    func make(_ store: any Store) throws -> String {
        guard FileStatus.ifPresent(path) == nil else {
            Console.err("Cloned already, fetching what is new: \(path)")
            try update(store)
            return path
        }
        let unfinished = "\(path).unfinished"
        try Directory.make("\(home.clones)/\(slug.owner)")
        try Directory.remove(unfinished)
        Console.err("Cloning \(slug) …")
        let output = try command(to: unfinished).run()
        guard output.succeeded else {
            throw CloneError(slug: slug, said: output.errorText)
        }
        guard rename(unfinished, path) == 0 else { throw SystemError("rename", on: path) }
        return path
    }

    /// Takes in what is new on GitHub. Agents work in the clone's worktrees, and can write its settings.
    func update(_ store: any Store) throws {
        let repository = Live.repository(path, environment: environment)
        let project = Project.ID(rawValue: WorkingDirectory.canonical(path))
        try AcceptedSettings(of: project, store: store).check(try repository.networkSettings(in: nil))
        try repository.fetchAll()
    }

    /// `gh` knows the login, and by which protocol to clone; git alone needs a key.
    func command(to target: String) -> Command {
        let hasGitHub = ProgramSearch.find("gh", path: environment["PATH"] ?? "") != nil
        let clone =
            hasGitHub
            ? Command("gh", "repo", "clone", slug.description, target, "--", "--bare", "--quiet")
            : Command("git", "clone", "--bare", "--quiet", "git@github.com:\(slug).git", target)
        var variables = environment
        // Nobody sits at a prompt that this command cannot show.
        variables["GIT_TERMINAL_PROMPT"] = "0"
        variables["GH_PROMPT_DISABLED"] = "1"
        return clone.with {
            $0.environment = .init(variables)
            $0.limits = Command.Limits(timeout: Self.timeout, outputBytes: Self.outputLimitBytes)
        }
    }
}

struct CloneError: Explained {
    let slug: RepositorySlug
    /// All that `gh` or git said: what went wrong stands in the first line or in the last.
    let said: String

    var problem: String {
        let lines = said.split(whereSeparator: \.isNewline).map { String($0.trimmingWhitespace()) }
        let reason = lines.isEmpty ? "no reason given" : lines.joined(separator: "; ").onOneLine
        return "\(slug) cannot be cloned: \(reason.cut(to: Self.longestReason))"
    }

    private static let longestReason = 400

    var fix: String {
        "check the name, and `gh auth status`; a private repository needs an account that may read it"
    }
}
