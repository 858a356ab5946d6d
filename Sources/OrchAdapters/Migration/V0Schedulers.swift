import Platform
package import Subprocess

/// What starts v0 by itself on this machine: launchd agents, Homebrew's service, lines of cron.
package struct V0Schedulers: Sendable {
    private let environment: [String: String]
    private let run: @Sendable (Command) throws(SubprocessError) -> Output

    package struct Scheduler: Equatable, Sendable {
        /// A file, or a line of `crontab -l`.
        package let place: String
        /// How it is switched off.
        package let removal: String
    }

    /// - Parameter run: how `crontab -l` is run.
    package init(
        environment: [String: String],
        run: @escaping @Sendable (Command) throws(SubprocessError) -> Output = {
            command throws(SubprocessError) in try command.run()
        }
    ) {
        self.environment = environment
        self.run = run
    }

    package func found() -> [Scheduler] { agents() + cronLines() }

    /// The names under which v0's `service_install.sh` and Homebrew put them.
    private func agents() -> [Scheduler] {
        guard let user = environment["HOME"] else { return [] }
        let known = [
            ("com.orchestrator.serve", "launchctl unload"),
            ("homebrew.mxcl.orchestrator", "brew services stop"),
        ]
        return known.compactMap { label, removal in
            let path = "\(user)/Library/LaunchAgents/\(label).plist"
            guard FileStatus.ifPresent(path) != nil else { return nil }
            let subject = removal.hasPrefix("brew") ? "orchestrator" : path
            return Scheduler(place: path, removal: "`\(removal) \(subject)`")
        }
    }

    private static let limits = Command.Limits(timeout: .seconds(10), outputBytes: 1 << 20)
    private static let words = [
        "orchestrator job tick", "orchestrator jobs-tick", "jobs_tick.sh", "poll.sh", "serve.sh",
        "review_prs.sh", "gh_mentions.sh", "cleanup_worktrees.sh",
    ]

    /// None without cron, or without a table of this user.
    private func cronLines() -> [Scheduler] {
        guard let program = ProgramSearch.find("crontab", path: environment["PATH"] ?? "") else { return [] }
        let command = Command(program, arguments: ["-l"]).with {
            $0.environment = Command.Environment(environment)
            $0.limits = Self.limits
        }
        guard let output = try? run(command), output.succeeded else { return [] }
        return output.text.split(separator: "\n").map { $0.drop { $0 == " " } }
            .filter { line in !line.hasPrefix("#") && Self.words.contains { line.contains($0) } }
            .map { Scheduler(place: "crontab: \($0)", removal: "`crontab -e`") }
    }
}
