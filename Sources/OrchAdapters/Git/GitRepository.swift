package import OrchCore
package import Subprocess

/// A repository by the `git` program, 2.31 or newer: a checkout or a bare clone.
///
/// Every start of git costs the user milliseconds and every contact with the remote much more, so each act
/// asks for all it needs at once: 3 starts prepare a new worktree, 3 commit, 3 count the commits, 1 pushes.
package struct GitRepository: Repository {
    /// The checkout's top folder or the bare clone; absolute.
    let directory: String
    let git: GitRunner

    /// - Parameters:
    ///   - environment: what git may see; credentials in it reach the remote only, never a hook.
    ///   - run: how a command is run; a test may look on.
    package init(
        directory: String, environment: [String: String],
        run: @escaping (Command) throws(SubprocessError) -> Output = { command throws(SubprocessError) in
            try command.run()
        }
    ) {
        self.directory = directory
        git = GitRunner(environment: GitEnvironment(environment), run: run)
    }
}

extension GitRepository {
    package func branches(_ prefix: String) throws(RepositoryError) -> [String] {
        let heads = "refs/heads/"
        let output = try git.output(GitCommands.references(["\(heads)\(prefix)*"], in: directory))
        return GitReference.parse(output.text).map { String($0.name.dropFirst(heads.count)) }
    }

    package func networkSettings(in worktree: Worktree?) throws(RepositoryError) -> [String: String] {
        if let worktree { try checkWorktree(worktree.path) }
        let command = GitCommands.settings(in: worktree?.path ?? directory)
        let output = try git.output(command)
        // What was cut off could be what matters most, and an agent can write as much before it.
        guard !output.isOutputTruncated else {
            throw .failed(
                command: GitRunner.name(of: command),
                detail: "there are more than \(command.limits.outputBytes) bytes of settings")
        }
        return GitSettings.bearingOnNetwork(in: output.standardOutput)
    }
}

/// For prompts.
extension GitRepository {
    /// What an agent reads of earlier attempts: enough to go on from, little beside the task itself.
    private static let summaryLimitBytes = 8_000
    private static let summaryCommits = 30
    private static let summaryFiles = 60

    package func summaryForRetry(of worktree: Worktree) throws(RepositoryError) -> String {
        try checkWorktree(worktree.path)
        let log = GitCommands.log(since: worktree.baseCommit, count: Self.summaryCommits, in: worktree.path)
        let stat = GitCommands.summary(
            since: worktree.baseCommit, fileCount: Self.summaryFiles, in: worktree.path)
        let commits = try git.output(log).text
        let changes = try git.output(stat).text
        let parts = [("Commits:", commits), ("Changed files, uncommitted ones included:", changes)]
        let text = parts.filter { !$0.1.isEmpty }.map { "\($0)\n\($1)" }.joined(separator: "\n")
        return GitText.bounded(text, limitBytes: Self.summaryLimitBytes)
    }

    package func files(in worktree: String, limit: Int) throws(RepositoryError) -> [String] {
        let output = try git.output(GitCommands.trackedFiles(in: worktree))
        // A path with a conflict is listed once a side; a listing that was cut ends in half a path.
        let paths = output.standardOutput.split(separator: 0).dropLast(output.isOutputTruncated ? 1 : 0)
        return Array(Set(paths.map { String(decoding: $0, as: UTF8.self) }).sorted().prefix(limit))
    }
}
