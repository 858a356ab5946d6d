import Arguments
import JSON
import OrchCore
import OrchEngine

/// `orch job run`: fires a job here and now, whatever its schedule says.
enum JobRunCommand: Subcommand {
    static let table = CommandTable("run", "Fire a job now") {
        Positional("id", "The job", .required, .asked("jobs"))
    }
    .discussion(
        """
        A task job makes its task. A bash job runs its command in the foreground; interrupted, the command goes on, and \
        the next tick looks after it.
        """
    )
    .exitStatus(0, "The task is made, or the command did well.")
    .exitStatus(1, "The command failed, or the job is still under way.")
    .exitStatus(75, "The command goes on without this terminal.")

    static func run(_ context: Context) throws -> Int32 {
        let job = try context.job(context.arguments.required("id"))
        let projects = try context.tickedProjects()
        guard let project = projects.first(where: { $0.id == job.key.project }) else {
            throw EngineError.projectMissing(job.key.project)
        }
        let ports = try context.tickPorts(try context.timetable(), isDryRun: false)
        let steering = Steering(
            ports: ports, project: project, actor: context.actor,
            redaction: try context.live().redaction(for: project))
        switch try steering.fire(job) {
        case .task(let key):
            show(
                ["id": .string(job.id), "task": .string(key.id)], "Job '\(job.id)' created task \(key.id)",
                context)
            return 0
        case .run(let id): return try follow(id, of: job, in: project, context)
        case .pending: throw EngineError.alreadyRunning(job.id)
        }
    }

    /// Stays with the command, and draws the consequences as a tick would.
    private static func follow(
        _ id: Run.ID, of job: Job, in project: Project, _ context: Context
    ) throws -> Int32 {
        let status = try RunHostCommand.host(
            id, environment: context.environment, isPane: false,
            show: { context.wantsJSON ? Console.err($0) : Console.raw($0) })
        guard status == 0, let outcome = try context.store().run(id)?.outcome else {
            Console.err("Run \(id.rawValue) goes on without this terminal")
            return status
        }
        let ports = try context.tickPorts(try context.timetable(), isDryRun: false)
        _ = try Tick(ports: ports, projects: [project], scope: .job(job.key)).run()
        let hasFailed = outcome.failure != nil
        show(
            [
                "id": .string(job.id), "run": TaskImage.number(id.rawValue),
                "status": .string(hasFailed ? "failed" : "done"), "message": .string(outcome.message),
            ], "Job '\(job.id)' " + (hasFailed ? "failed: \(outcome.message.onOneLine)" : "is done"), context)
        return hasFailed ? 1 : 0
    }

    private static func show(_ image: JSONObject, _ words: String, _ context: Context) {
        context.wantsJSON ? context.print(.object(image)) : Console.out(words)
    }
}
