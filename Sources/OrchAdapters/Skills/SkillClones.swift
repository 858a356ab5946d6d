package import OrchCore
import Platform
import Subprocess

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The clones of repositories of skills, below one folder, each at its pin or at the newest commit.
///
/// Others' repositories: no hook of theirs runs, and nothing but git's own transports is spoken.
package struct SkillClones: SkillLibrary {
    package let folder: String
    private let runner: GitRunner

    /// A slow line, and a repository of thousands of files.
    private static let timeout = Duration.seconds(300)
    private static let outputLimitBytes = 1 << 20

    package init(folder: String, environment: [String: String]) {
        self.folder = folder
        runner = GitRunner(
            environment: GitEnvironment(environment),
            run: { command throws(SubprocessError) in try command.run() })
    }

    private func path(_ source: SkillSource) -> String { "\(folder)/\(source.name)" }

    package func state(of source: SkillSource) throws(RepositoryError) -> SkillState {
        guard FileStatus.ifPresent("\(path(source))/.git") != nil else { return .missing }
        guard let pin = source.pin else { return .following }
        let wanted = try commit(pin, of: source)
        return wanted != nil ? try wanted == commit("HEAD", of: source) ? .pinned : .elsewhere : .elsewhere
    }

    package func update(_ source: SkillSource) throws(RepositoryError) -> String {
        if try state(of: source) == .missing { return try clone(source) }
        let target = source.pin ?? "refs/remotes/origin/HEAD"
        // A pin that is here needs no network.
        let isHere = source.pin == nil ? false : try commit(target, of: source) != nil
        if !isHere {
            _ = try git(["fetch", "--quiet", "--prune", "--tags", "origin"], in: path(source), .network)
        }
        return try checkOut(target, in: path(source))
    }

    /// Beside its place first, so that half a clone is never taken for one.
    private func clone(_ source: SkillSource) throws(RepositoryError) -> String {
        let unfinished = "\(folder)/.unfinished-\(source.name)"
        do throws(SystemError) {
            try Directory.make(folder)
            try Directory.remove(unfinished)
        } catch {
            throw .failed(command: "git clone", detail: error.problem)
        }
        _ = try git(["clone", "--quiet", "--", source.url, unfinished], in: folder, .network)
        let head = try checkOut(source.pin ?? "refs/remotes/origin/HEAD", in: unfinished)
        // What lies there and is no clone is the user's.
        guard rename(unfinished, path(source)) == 0 else {
            throw .failed(
                command: "git clone", detail: SystemError("rename", on: path(source), code: errno).problem)
        }
        return head
    }

    private func checkOut(_ target: String, in path: String) throws(RepositoryError) -> String {
        _ = try git(["checkout", "--quiet", "--detach", target], in: path, .local)
        return try git(["rev-parse", "--short", "HEAD"], in: path, .local).text.firstLine
    }

    /// nil where the clone has no such commit.
    private func commit(_ name: String, of source: SkillSource) throws(RepositoryError) -> String? {
        let command = Self.command(
            ["rev-parse", "--verify", "--quiet", "\(name)^{commit}"], in: path(source))
        let output = try runner.attempt(command)
        return output.succeeded ? output.text.firstLine : nil
    }

    private func git(
        _ arguments: [String], in path: String, _ reach: GitEnvironment.Reach
    ) throws(RepositoryError) -> Output {
        try runner.output(Self.command(arguments, in: path), reach)
    }

    private static func command(_ arguments: [String], in path: String) -> Command {
        Command("git", arguments: ["-c", "core.hooksPath=/dev/null"] + arguments).with {
            $0.workingDirectory = path
            $0.environment = .init(["GIT_ALLOW_PROTOCOL": "https:http:ssh:git:file"])
            $0.limits = Command.Limits(timeout: timeout, outputBytes: outputLimitBytes)
        }
    }
}
