import Arguments
import JSON
import OrchAdapters
import OrchCore
import Platform
import YAML

/// `orch job add`: a new entry in a jobs file; the words are v0's.
enum JobAddCommand: Subcommand {
    static let table = CommandTable("add", "Add a job") {
        Positional("schedule", "Five fields of cron, or @hourly, @daily, @weekly, @monthly, @yearly")
        Positional("title", "The title of its tasks; its name follows from it")
        Positional("body", "More about the task", .optional)
        Positional("labels", "Labels of the task, with commas between", .optional)
        Positional("agent", "Who is to do it", .optional, .asked("agents"))
        Option("type", "TYPE", "Make a task, or run a command", .oneOf(["task", "bash"]))
        Option("command", "COMMAND", "What `bash -c` runs; makes it a bash job")
        Option("id", "NAME", "Its name, where the title's is not wanted")
        Option("timezone", "ZONE", "The zone of its schedule, such as Europe/Berlin")
            .defaulting(to: .described("this machine's"))
        Option(
            "catch-up", "WAY", "What becomes of missed moments", .oneOf(Job.CatchUp.allCases.map(\.rawValue))
        )
        .defaulting(to: .value(Job.CatchUp.once.rawValue))
        Option("timeout", "TIME", "How long the command may take, such as 10m", .duration())
            .defaulting(to: .described("`workflow.timeout_seconds`"))
        Option("dir", "DIRECTORY", "Where the command runs", .directory).defaulting(
            to: .described("the project's"))
        Flag("global", "Into the home's file, not the project's own")
    }
    .example(
        "orch job add '0 9 * * mon-fri' 'Daily sync' 'Pull and check' sync", "A task on weekday mornings."
    )
    .example("orch job add '@hourly' Ping --command 'echo hi'", "A command, without an agent.")

    static func run(_ context: Context) throws -> Int32 {
        let draft = try JobDraft(context)
        let timetable = try context.timetable()
        let project = try target(draft, context)
        if timetable.jobs(of: [project]).contains(where: { $0.id == draft.id }) {
            throw JobExists(id: draft.id)
        }
        let file = timetable.file(for: draft.isGlobal || project.isHome(context.home) ? nil : project)
        try timetable.add(draft.entry(directory: try directory(draft, project, context)), to: file)
        let key = TaskKey(project: project.id, backend: .job, id: draft.id)
        context.audit("job-add", task: key, draft.schedule)
        let added = try context.timetable()
        for problem in added.problems
        where problem.key == draft.id || problem.key.hasPrefix("\(draft.id).") {
            Console.err(problem.description)
        }
        if context.wantsJSON {
            context.print(.object(["id": .string(draft.id), "file": .string(file.path)]))
        } else {
            Console.out(draft.isAddedWords)
            if let missed = missed(key, in: added, of: project) {
                Console.err(
                    "Its moment of \(missed.iso8601) counts as missed: the next tick makes up for it; "
                        + "`--catch-up skip` leaves such ones out")
            }
        }
        return 0
    }

    /// A job that never ran looks back a day, as in v0; whoever adds one at noon may not expect that.
    private static func missed(
        _ key: TaskKey, in timetable: any Timetable, of project: Project
    ) -> Timestamp? {
        guard let job = timetable.jobs(of: [project]).first(where: { $0.key == key }),
            job.isEnabled, job.catchUp != .skip
        else { return nil }
        let now = Live.now()
        return timetable.moments(of: key, after: now - Scheduling.firstLook, through: now, limit: 1).last
    }

    /// The project here; a command may do without one.
    private static func target(_ draft: JobDraft, _ context: Context) throws -> Project {
        do {
            return try context.project()
        } catch let error as UsageError {
            guard draft.command != nil, context.arguments.value("project") == nil else { throw error }
            return .home(context.home, environment: context.environment)
        }
    }

    /// What stands after `dir:`, as in v0; a project's own jobs need none.
    private static func directory(
        _ draft: JobDraft, _ project: Project, _ context: Context
    ) throws -> String? {
        if let given = context.arguments.value("dir") { return WorkingDirectory.canonical(given) }
        return project.isHome(context.home) ? WorkingDirectory.current() : project.directory
    }
}

extension Project {
    fileprivate func isHome(_ paths: HomePaths) -> Bool { directory == paths.home }
}

/// In v0's words.
struct JobExists: Explained {
    let id: String

    var problem: String { "Job '\(id)' already exists. Choose a different title." }
    var fix: String { "or give it a name of its own, by `--id NAME`" }
}
