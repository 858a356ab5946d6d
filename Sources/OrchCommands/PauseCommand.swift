import Arguments
import JSON
import OrchAdapters
import OrchCore

/// `orch pause`: nothing new is started.
enum PauseCommand: Subcommand {
    static let table = CommandTable("pause", "Start nothing new until told to go on", group: "Running")
        .discussion(
            """
            No agent, job or review is started by itself any more, of any project or of the one that `--project` names. \
            What runs goes on to its end, and its work is published. `orch task run` starts a task all the same.
            """
        )
        .example("orch pause", "Everything.")
        .example("orch pause --project site", "One project.")

    static func run(_ context: Context) throws -> Int32 {
        let project = try context.namedProject()
        let pause = WorkPause(project: project?.id, since: Live.now(), actor: context.actor)
        let store = try context.store()
        let isNew = try store.pause(pause)
        if isNew { context.audit("pause", project?.name ?? "everything") }
        let pauses = try store.pauses().filter { $0.project == project?.id }
        if context.wantsJSON {
            context.print(
                .object([
                    "changed": .bool(isNew),
                    "paused": .array(pauses.map { PauseImage.json(of: $0, in: project?.name) }),
                ]))
        } else {
            let subject = project.map { "Project \($0.name)" } ?? "Everything"
            let earlier = pauses.first.map { " since \($0.since.iso8601), by \($0.actor)" } ?? ""
            let option = project.map { " --project \($0.name)" } ?? ""
            Console.out("\(subject) is paused\(isNew ? "" : earlier); `orch resume\(option)` lets it go on")
        }
        return 0
    }
}

/// `orch resume`: the end of a pause.
enum ResumeCommand: Subcommand {
    static let table = CommandTable("resume", "Go on after `orch pause`", group: "Running")
        .discussion(
            """
            Everything goes on, or the one project that `--project` names. What became due meanwhile is done now; of a \
            job as its `catch_up` says.
            """
        )

    static func run(_ context: Context) throws -> Int32 {
        let project = try context.namedProject()
        let store = try context.store()
        let over = try store.resume(project?.id)
        if !over.isEmpty { context.audit("resume", project?.name ?? "everything") }
        let left = try store.pauses().filter { $0.project == nil }
        if context.wantsJSON {
            context.print(
                .object([
                    "changed": .bool(!over.isEmpty),
                    "paused": .array(left.map { PauseImage.json(of: $0, in: nil) }),
                ]))
            return 0
        }
        if over.isEmpty {
            Console.out(project.map { "Project \($0.name) was not paused" } ?? "Nothing was paused")
        } else {
            Console.out("\(project.map { "Project \($0.name)" } ?? "Everything") goes on")
        }
        if !left.isEmpty { Console.err("Everything is paused all the same; `orch resume` ends that") }
        return 0
    }
}

/// A pause in words, for people who wonder why nothing happens.
struct PauseWords {
    let problem: String
    let fix: String

    /// - Parameter project: what it is called; nil: everything.
    init(_ pause: WorkPause, project: String?) {
        problem = "\(project ?? "everything") is paused since \(pause.since.iso8601), by \(pause.actor)"
        fix = "`orch resume\(project.map { " --project \($0)" } ?? "")` lets it go on"
    }
}

/// A pause as JSON, for scripts.
enum PauseImage {
    /// - Parameter project: what it is called; nil: everything.
    static func json(of pause: WorkPause, in project: String?) -> JSONValue {
        .object([
            "project": TaskImage.text(project), "since": .string(pause.since.iso8601),
            "by": .string(pause.actor),
        ])
    }
}

extension Context {
    /// All pauses, each with the name of its project, or its folder where it is none any more.
    func pauses() throws -> [(pause: WorkPause, name: String?)] {
        let projects = loadedProjects().projects
        return try store().pauses().map { pause in
            let name = pause.project.map { id in projects.first { $0.id == id }?.name ?? id.rawValue }
            return (pause, name)
        }
    }

    /// The project that `--project` names; where the command is started does not count. nil: none is named.
    func namedProject() throws -> Project? { arguments.value("project") == nil ? nil : try project() }
}
