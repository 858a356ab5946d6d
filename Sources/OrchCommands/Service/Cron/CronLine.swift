import Subprocess

/// A line for crontab(5), where there is no better timer.
enum CronLine {
    static func text(for job: ServiceJob, of definition: ServiceDefinition) -> String {
        let environment = definition.environment.merging([
            ServiceSecrets.variable: definition.secretsFile
        ]) { _, own in own }
        let variables = environment.sorted { $0.key < $1.key }
            .map { "\($0.key)=\(ShellQuoting.quoted($0.value))" }
        let words = ["env"] + variables + [ShellQuoting.quoted(definition.program), job.command]
        let log = ShellQuoting.quoted("\(definition.home)/\(job.command).log")
        let line = "\(minutes(job.interval)) \(words.joined(separator: " ")) >>\(log) 2>&1"
        // An unescaped per cent sign ends a crontab's command.
        return line.split(separator: "%", omittingEmptySubsequences: false).joined(separator: #"\%"#)
    }

    /// The shortest period of cron that is not below the interval and goes evenly into the hour: after `*/45`
    /// the next but one comes a quarter of an hour later.
    private static func minutes(_ interval: Duration) -> String {
        let minutes = (interval.components.seconds + 59) / 60
        guard let period = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30].first(where: { $0 >= minutes }) else {
            return "0 * * * *"
        }
        return period == 1 ? "* * * * *" : "*/\(period) * * * *"
    }
}
