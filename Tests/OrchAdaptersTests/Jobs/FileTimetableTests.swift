import OrchCore
import Platform
import Testing
import YAML

@testable import OrchAdapters

/// What jobs files say, and how they are changed.
@Suite struct FileTimetableTests {
    private let sandbox: ConfigSandbox
    private let project: Project

    init() throws {
        sandbox = try ConfigSandbox()
        sandbox.environment["TZ"] = "UTC"
        project = Project(
            id: Project.ID(rawValue: try sandbox.checkout("app", origin: "x")), name: "app",
            settings: Settings())
    }

    private func timetable(_ projects: [Project]? = nil) throws -> FileTimetable {
        FileTimetable(
            paths: try sandbox.paths, environment: sandbox.environment, projects: projects ?? [project])
    }

    private func jobs(_ text: String) throws -> (jobs: [Job], problems: [String]) {
        try sandbox.write(text, to: "home/.orch/jobs.yml")
        let timetable = try timetable()
        let home = Project.home(try sandbox.paths, environment: sandbox.environment)
        let prefix = try sandbox.paths.jobs
        let problems = timetable.problems.map { $0.description.replacing(prefix, with: "jobs.yml") }
        return (timetable.jobs(of: [project, home]), problems)
    }

    private func job(_ fields: String) throws -> Job {
        let found = try jobs("jobs:\n  - id: a\n    schedule: '@daily'\n\(fields)")
        return try #require(found.jobs.first, "\(found.problems)")
    }

    // Reading

    @Test func `an entry as people write it, and one as v0's own command writes it, are read alike`() throws {
        let nested = try job("    task: {title: T, body: B, labels: [x, y], agent: claude}\n")
        let flat = try job(
            "    type: task\n    title: T\n    body: B\n    labels: 'x, y'\n    agent: claude\n")
        #expect(nested.work == .task(TaskDraft(title: "T", body: "B", labels: ["x", "y"]), agent: .claude))
        #expect(nested == flat)
        #expect(nested.key == TaskKey(project: project.id, backend: .job, id: "a"))
        #expect(nested.directory == project.directory)
    }

    @Test(arguments: [
        ("true", true), ("'true'", true), ("'1'", true), ("1", true), ("'0'", false), ("false", false),
        ("''", true),
    ])
    func `v0 writes its flags as text`(written: String, expected: Bool) throws {
        #expect(try job("    title: T\n    enabled: \(written)\n").isEnabled == expected)
    }

    @Test(arguments: ["", "null", "''", "'null'", "~"])
    func `an empty active_task_id names no task`(written: String) throws {
        #expect(try job("    title: T\n    active_task_id: \(written)\n").state.activeTask == nil)
    }

    @Test func `what v0 and orch remember is read, and a broken time counts as never`() throws {
        let found = try job("    title: T\n    last_run: 2026-02-19T08:00:00Z\n    active_task_id: 42\n")
        #expect(found.state.lastRun == Timestamp(iso8601: "2026-02-19T08:00:00Z"))
        #expect(found.state.activeTask == "42")
        let broken = try jobs("jobs: [{id: a, schedule: '@daily', title: T, last_run: yesterday}]")
        #expect(broken.jobs.first?.state.lastRun == nil)
        #expect(broken.problems.first?.contains("warning: a.last_run: “yesterday” is no time") == true)
    }

    @Test func `an empty list, a bare list, and no file at all are no jobs`() throws {
        for text in ["jobs: []\n", "[]\n", "", "jobs:\n"] {
            let found = try jobs(text)
            #expect(found.jobs.isEmpty && found.problems.isEmpty, "\(text)")
        }
        #expect(try jobs("- {id: a, schedule: '@daily', title: T}\n").jobs.map(\.id) == ["a"])
    }

    @Test func `the example is right, and names every key`() throws {
        let path = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let text = String(
            decoding: try WholeFile.read("/\(path)/jobs.example.yml", limitBytes: 1 << 16), as: UTF8.self)
        let here = text.replacing("~/src/my-project", with: project.directory)
        let found = try jobs(here)
        #expect(found.problems == [])
        #expect(found.jobs.map(\.id) == ["daily-sync", "backup"])
        let flat = ["title", "body", "labels", "agent", "created_at"]
        for key in JobReader.keys where !flat.contains(key) {
            #expect(text.contains("\(key):"), "\(key)")
        }
    }

    // Mistakes

    static let mistakes: [(entry: String, problem: String)] = [
        ("{schedule: '@daily', title: T}", "jobs[1].id: a job needs a name"),
        ("{id: 'a b', schedule: '@daily', title: T}", "a b.id: a job needs a name"),
        ("{id: b, title: T}", "b.schedule: a job needs a schedule"),
        ("{id: b, schedule: '61 * * * *', title: T}", "b.schedule: 61 is no minute"),
        ("{id: b, schedule: '* * * *', title: T}", "b.schedule: it has 4 fields instead of 5"),
        ("{id: b, schedule: '@sometimes', title: T}", "b.schedule: “@sometimes” stands for no schedule"),
        (
            "{id: b, schedule: '@daily', title: T, timezone: Mars/Base}",
            "b.timezone: time zone “Mars/Base” is unknown"
        ),
        ("{id: b, schedule: '@daily'}", "b.task: its tasks have no title"),
        ("{id: b, schedule: '@daily', type: bash}", "b.command: a job of type bash needs a command"),
        ("{id: b, schedule: '@daily', type: perl}", "b.type: “perl” is no type of job"),
        (
            "{id: b, schedule: '@daily', title: T, catch_up: never}",
            "b.catch_up: “never” is no way to catch up"
        ),
        ("{id: b, schedule: '@daily', title: T, timeout: soon}", "b.timeout: “soon” is no length of time"),
        ("{id: b, schedule: '@daily', title: T, agent: 'a b'}", "b.task: “a b” is no agent’s name"),
        (
            "{id: b, schedule: '@daily', title: T, dir: /nowhere}",
            "b.dir: it makes tasks of no project: /nowhere"
        ),
        ("{id: a, schedule: '@daily', title: T}", "a: there is another job of this name above"),
        ("{id: b, schedule: '@daily', title: T, enabled: maybe}", "b.enabled: “maybe” is neither yes nor no"),
        ("daily", "jobs[1]: this is no job"),
    ]

    @Test(arguments: mistakes)
    func `one mistake is told with its line, and the other jobs stay`(entry: String, problem: String) throws {
        let found = try jobs("jobs:\n  - {id: a, schedule: '@daily', title: T}\n  - \(entry)\n")
        #expect(found.jobs.map(\.id) == ["a"])
        #expect(found.problems.count == 1)
        #expect(found.problems.first?.hasPrefix("jobs.yml:3:") == true, "\(found.problems)")
        #expect(found.problems.first?.contains("error: \(problem)") == true, "\(found.problems)")
    }

    @Test func `an unknown key is warned of, with what was meant`() throws {
        let found = try jobs("jobs: [{id: a, schedule: '@daily', title: T, scedule: x}]")
        #expect(found.jobs.count == 1)
        #expect(found.problems.first?.contains("did you mean `schedule`?") == true)
    }

    @Test func `a file that is no YAML leaves the other files' jobs`() throws {
        try sandbox.write("jobs: [", to: "home/.orch/jobs.yml")
        try sandbox.write("jobs: [{id: own, schedule: '@daily', title: T}]", to: "app/.orchestrator/jobs.yml")
        let timetable = try timetable()
        #expect(timetable.jobs(of: [project]).map(\.id) == ["own"])
        #expect(timetable.problems.count == 1)
    }

    // Commands

    @Test(arguments: ["`ls`", "$(ls)", "echo $(cat /etc/passwd)"])
    func `command substitution is refused`(command: String) {
        #expect(JobCommand.refusal(of: command) != nil)
    }

    @Test(arguments: [
        "echo hello", "a | b", "a && b; c", "echo $HOME", "ls [0-9]*", "echo x > y", "echo {a,b}",
    ])
    func `the shell's other features are not`(command: String) {
        #expect(JobCommand.refusal(of: command) == nil)
    }

    @Test func `a command may be no project's; without a folder it cannot be done`() throws {
        let home = try sandbox.paths.home
        let here = try jobs("jobs: [{id: a, schedule: '@daily', type: bash, command: ls, dir: \(home)}]").jobs
        #expect(here.first?.key.project.rawValue == home)
        #expect(here.first?.refusal == nil)
        let gone = try jobs("jobs: [{id: a, schedule: '@daily', type: bash, command: ls, dir: /nowhere}]")
            .jobs
        #expect(gone.first?.refusal == "its folder /nowhere is not there")
    }

    // Time

    @Test func `moments are those after one and up to another, the newest where there are too many`() throws {
        _ = try jobs("jobs: [{id: a, schedule: '*/10 * * * *', title: T}]")
        let timetable = try timetable()
        let key = TaskKey(project: project.id, backend: .job, id: "a")
        let start = try #require(Timestamp(iso8601: "2026-02-03T04:00:00Z"))
        let end = start + .seconds(1800)
        let all = timetable.moments(of: key, after: start, through: end, limit: 9)
        #expect(all.map { $0.since(start).wholeSeconds / 60 } == [10, 20, 30])
        let newest = timetable.moments(of: key, after: start, through: end, limit: 2)
        #expect(newest.map { $0.since(start).wholeSeconds / 60 } == [20, 30])
        #expect(timetable.next(of: key, after: end) == end + .seconds(600))
    }

    @Test func `a job has a zone of its own`() throws {
        _ = try jobs("jobs: [{id: a, schedule: '0 9 * * *', title: T, timezone: Asia/Tokyo}]")
        let key = TaskKey(project: project.id, backend: .job, id: "a")
        let day = try #require(Timestamp(iso8601: "2026-02-03T01:00:00Z"))
        #expect(try timetable().next(of: key, after: day)?.iso8601 == "2026-02-04T00:00:00Z")
    }

    // Writing

    private static let written = """
        # Jobs of mine.
        jobs:
          - id: a # first
            schedule: "@daily"
            task:
              title: T
            last_run: null # never
            active_task_id: null
          # The second one.
          - id: b
            schedule: "0 9 * * *"
            title: U
        """

    @Test func `state is written where it stands, and comments stay`() throws {
        try sandbox.write(Self.written + "\n", to: "home/.orch/jobs.yml")
        let moment = try #require(Timestamp(iso8601: "2026-02-03T04:05:06Z"))
        let timetable = try timetable()
        let key = TaskKey(project: project.id, backend: .job, id: "a")
        try timetable.change(key, [.lastRun(moment), .activeTask("i7")])
        let text = try sandbox.read("home/.orch/jobs.yml")
        #expect(text.contains("last_run: \"2026-02-03T04:05:06Z\" # never\n    active_task_id: i7\n"))
        #expect(
            text.contains("# Jobs of mine.") && text.contains("- id: a # first")
                && text.contains("# The second one."))
        #expect(timetable.jobs(of: [project]).first?.state.activeTask == "i7")
        try timetable.change(TaskKey(project: project.id, backend: .job, id: "b"), [.activeTask(nil)])
        #expect(try sandbox.read("home/.orch/jobs.yml") == text)
    }

    @Test func `what a person saves between reading and writing stays`() throws {
        try sandbox.write(Self.written + "\n", to: "home/.orch/jobs.yml")
        let timetable = try timetable()
        #expect(timetable.jobs(of: [project]).count == 2)
        let edited = Self.written.replacing(
            "- id: a # first", with: "- id: new\n    schedule: '@daily'\n    title: N\n  - id: a")
        try sandbox.write(edited + "\n", to: "home/.orch/jobs.yml")
        try timetable.change(TaskKey(project: project.id, backend: .job, id: "a"), [.activeTask("i7")])
        let jobs = try self.timetable().jobs(of: [project])
        #expect(jobs.map(\.id) == ["new", "a", "b"])
        #expect(jobs.map(\.state.activeTask) == [nil, "i7", nil])
    }

    @Test func `a project's own jobs come first, and its file is where new ones go`() throws {
        try sandbox.write("jobs: [{id: a, schedule: '@daily', title: Own}]", to: "app/.orchestrator/jobs.yml")
        let found = try jobs(
            "jobs: [{id: a, schedule: '@daily', title: T}, {id: b, schedule: '@daily', title: U}]")
        #expect(found.jobs.map(\.id) == ["a", "b"])
        #expect(found.jobs.first?.work == .task(TaskDraft(title: "Own"), agent: nil))
        #expect(found.problems.first?.contains("warning: a: the project’s own file has") == true)
        #expect(try timetable().file(for: project).path == "\(project.directory)/.orchestrator/jobs.yml")
        #expect(try timetable().file(for: nil).path == sandbox.paths.jobs)
    }

    @Test func `a job is added to any kind of list, and removed again`() throws {
        for text in ["", "jobs: []\n", "[]\n", "# Mine.\njobs:\n  - {id: z, schedule: '@daily', title: T}\n"]
        {
            try sandbox.write(text, to: "home/.orch/jobs.yml")
            let timetable = try timetable()
            try timetable.add(["id": "a", "schedule": "@hourly", "title": "T"], to: timetable.file(for: nil))
            #expect(timetable.jobs(of: [project]).map(\.id).last == "a", "\(text)")
            let key = TaskKey(project: project.id, backend: .job, id: "a")
            #expect(try timetable.remove(key))
            #expect(try !timetable.remove(key))
            #expect(timetable.jobs(of: [project]).contains { $0.id == "a" } == false)
        }
    }

    @Test func `edits at the same time wait for each other, and none is lost`() throws {
        let file = JobsFile(try sandbox.paths.jobs, owner: nil)
        let problems = Threads.run(16) { number -> String? in
            do {
                try file.append(["id": .string("job-\(number)"), "schedule": "@daily"])
                return nil
            } catch {
                return "\(error)"
            }
        }
        #expect(problems.compactMap { $0 } == [])
        #expect(try file.root()?["jobs"]?.sequence?.count == 16)
    }
}
