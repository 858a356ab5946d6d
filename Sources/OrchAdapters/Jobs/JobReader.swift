import Arguments
import OrchCore
import Platform
import YAML

/// Reads the entries of a jobs file; a mistake in one is reported and hides no other.
struct JobReader {
    let file: JobsFile
    /// What is a problem of no entry that can be used: errors leave a job out, warnings do not.
    private(set) var problems: [ConfigProblem] = []
    private(set) var entries: [JobEntry] = []
    var places: JobPlaces
    var zones: JobZones
    /// Jobs that other files have, which count.
    private let elsewhere: Set<TaskKey>
    private var taken: Set<TaskKey> = []

    static let keys = [
        "id", "schedule", "type", "task", "command", "dir", "enabled", "timezone", "catch_up", "timeout",
        "last_run",
        "last_task_status", "active_task_id", "title", "body", "labels", "agent", "created_at",
    ]

    init(_ file: JobsFile, places: JobPlaces, zones: JobZones, elsewhere: Set<TaskKey>) {
        self.file = file
        self.places = places
        self.zones = zones
        self.elsewhere = elsewhere
    }

    mutating func read(_ root: Node) {
        let list = root.sequence == nil ? root["jobs"] : root
        guard let list, !list.isNull else { return }
        guard let items = list.sequence else {
            return report(
                .error, list, "jobs", "this is not a list", fix: "write `- id: …` lines below `jobs:`")
        }
        for (index, item) in items.enumerated() {
            do throws(JobMistake) {
                take(try entry(item, name: item["id"]?.text ?? "jobs[\(index)]"), item)
            } catch {
                report(.error, error.node, error.key, error.problem, fix: error.fix)
            }
        }
    }

    private mutating func take(_ entry: JobEntry, _ item: Node) {
        let job = entry.job
        if elsewhere.contains(job.key) {
            return report(
                .warning, item, job.id, "the project’s own file has a job of this name, which counts",
                fix: "remove one of the two")
        }
        guard taken.insert(job.key).inserted else {
            return report(
                .error, item, job.id, "there is another job of this name above, which counts",
                fix: "give it another `id`, or remove it")
        }
        entries.append(entry)
        guard let refusal = job.refusal, job.isEnabled else { return }
        report(
            .warning, item, job.id, "it will be switched off when it is due: \(refusal)",
            fix: "correct it, or disable the job")
    }

    private mutating func report(
        _ severity: ConfigProblem.Severity, _ node: Node, _ key: String, _ problem: String, fix: String
    ) {
        problems.append(
            ConfigProblem(severity, at: .file(file.path, node.mark), key: key, problem: problem, fix: fix))
    }

    // MARK: - One job

    private mutating func entry(_ node: Node, name: String) throws(JobMistake) -> JobEntry {
        guard node.mapping != nil else {
            throw JobMistake(
                node: node, key: name, problem: "this is no job", fix: "write `id:`, `schedule:` and more")
        }
        warnOfUnknownKeys(node, name)
        let fields = JobFields(node, name: name)
        let (id, written, schedule) = try (fields.id(), fields.scheduleText(), fields.schedule())
        let zone = try fields.zone(among: zones)
        let work = try fields.work()
        let place = try place(of: work, fields)
        let key = TaskKey(project: place.project.id, backend: .job, id: id)
        var job = Job(key: key, schedule: written, work: work, directory: place.directory)
        job.timeZone = fields.text("timezone")
        job.isEnabled = try fields.isEnabled()
        job.catchUp = try fields.catchUp()
        job.timeout = try fields.timeout()
        job.state = state(fields, node, name)
        job.refusal = Self.refusal(of: job)
        return JobEntry(job: job, schedule: schedule, zone: zone, file: file)
    }

    private mutating func place(
        of work: Job.Work, _ fields: JobFields
    ) throws(JobMistake) -> (project: Project, directory: String) {
        let directory = fields.text("dir") ?? ""
        var isBash = false
        if case .bash = work { isBash = true }
        if let place = places.place(directory, owner: file.owner, isBash: isBash) { return place }
        throw fields.mistake(
            "dir", "it makes tasks of no project: " + (directory.isEmpty ? "nothing is written" : directory),
            fix: "write a project’s folder after `dir:` (`orch project list`), or `orch init` there")
    }

    private mutating func state(_ fields: JobFields, _ node: Node, _ name: String) -> JobState {
        var state = JobState()
        state.lastStatus = fields.text("last_task_status")
        state.activeTask = fields.text("active_task_id")
        guard let text = fields.text("last_run") else { return state }
        state.lastRun = Timestamp(iso8601: text)
        if state.lastRun == nil {
            report(
                .warning, node["last_run"] ?? node, "\(name).last_run",
                "“\(text)” is no time; it counts as never",
                fix: "write it as 2026-02-03T04:05:06Z, or `null`")
        }
        return state
    }

    private mutating func warnOfUnknownKeys(_ node: Node, _ name: String) {
        for entry in node.mapping ?? [] {
            let key = entry.key.text ?? ""
            if Self.keys.contains(key) { continue }
            let meant = Suggestion.closest(to: key, in: Self.keys)
            report(
                .warning, entry.key, "\(name).\(key)", "there is no such key; it has no effect",
                fix: meant.map { "did you mean `\($0)`?" } ?? "remove it")
        }
    }

    private static func refusal(of job: Job) -> String? {
        guard case .bash(let command) = job.work else { return nil }
        if let refusal = JobCommand.refusal(of: command) { return refusal }
        let isThere = FileStatus.ifPresent(job.directory)?.kind == .directory
        return isThere ? nil : "its folder \(job.directory) is not there"
    }
}
