import Arguments
import JSON
import OrchCore
import OrchEngine
import Platform

/// `orch task add`: a task in the local store, or with `--github` an issue.
enum TaskAddCommand: Subcommand {
    static let table = CommandTable("add", "Record a task") {
        Positional("title", "What is to be done, in a line; `-` reads it and the text from standard input")
        Positional("body", "More about it; `-` reads it from standard input", .optional)
        Option("label", short: "l", "LABEL", "A label, or several with commas between")
            .repeatable()
        Option("agent", short: "a", "NAME", "Who is to do it", .asked("agents"))
        Option("complexity", "LEVEL", "How hard it is", .oneOf(Complexity.allCases.map(\.rawValue)))
        Option("parent", "ID", "The task that it is a part of", .asked("tasks"))
        Flag("github", "As an issue on GitHub rather than in the local store")
        Flag("dry-run", "Only show what would be recorded")
    }
    .example("orch task add 'Fix the login' 'Safari loops since 2.3'", "A task in the local store.")
    .example("orch task add 'Move to Swift 7' - < plan.md", "A text that is too long for a command line.")
    .example("orch task add 'Plan 3.0' --label plan --github", "An issue that is to be split into parts.")

    static func run(_ context: Context) throws -> Int32 {
        let project = try context.project()
        var draft = try TaskWords(context: context, project: project).draft()
        if let request = context.request { draft.key = "request-\(request)" }
        if context.arguments.flag("dry-run") { return show(draft, in: project, context) }
        let key = try record(draft, in: project, context)
        if context.wantsJSON {
            context.print(.object(["id": .string(key.id), "project": .string(project.name)]))
        } else {
            Console.out("Added task \(key.id): \(draft.title)")
        }
        return 0
    }

    private static func record(_ draft: TaskDraft, in project: Project, _ context: Context) throws -> TaskKey
    {
        let key =
            context.arguments.flag("github")
            ? try recordIssue(draft, in: project, context)
            : try context.store().createInternalTask(draft, in: project.id, now: Live.now())
        // What asks again hears of the task, and nobody else does once more.
        if context.request != nil, try isKnown(key, context) { return key }
        context.audit("add", task: key, draft.title)
        try context.live().ports().hook(
            project, "on_task_created",
            [
                "ORCH_TASK_ID": key.id, "ORCH_TASK_TITLE": draft.title,
                "ORCH_GH_ISSUE": key.backend == .github ? key.id : "",
            ])
        return key
    }

    private static func isKnown(_ key: TaskKey, _ context: Context) throws -> Bool {
        try context.store().auditEntries(of: key, limit: 100).contains { $0.act == "add" }
    }

    /// 1. Make the issue. 2. Its row, so that the id means something at once; a tick that has listed it in
    /// between was faster, and its row stays. After a crash in between the next tick lists the issue.
    private static func recordIssue(
        _ draft: TaskDraft, in project: Project, _ context: Context
    ) throws -> TaskKey {
        guard let tracker = try context.live().ports().tracker(project, .github) else {
            throw UsageError(
                problem: "project \(project.name) has no GitHub side",
                fix: "set `gh.repo` in \(project.directory)/.orchestrator.yml, or leave out `--github`")
        }
        let issue = try create(draft, on: tracker)
        let key = TaskKey(project: project.id, backend: .github, id: issue.id)
        let store = try context.store()
        try store.atomically {
            guard try store.task(key) == nil else { return }
            // Who may write to this store may drive orch.
            let task = Merging.task(issue, key: key).applying([.trusted(true), .parent(draft.parent)])
            try store.save([(task, draft.body)], cursor: nil)
        }
        return key
    }

    /// An answer that was lost on its way is no refusal: the second try finds what the first one made.
    private static func create(
        _ draft: TaskDraft, on tracker: any Tracker
    ) throws(TrackerError) -> TrackedTask {
        var draft = draft
        if draft.key.isEmpty {
            draft.key = "add-\(Live.now().seconds)-\(ProcessIdentity.current()?.pid ?? 0)"
        }
        draft.firstTry = Live.now()
        do throws(TrackerError) { return try tracker.create(draft) } catch {
            switch error {
            case .offline, .broken: return try tracker.create(draft)
            default: throw error
            }
        }
    }

    private static func show(_ draft: TaskDraft, in project: Project, _ context: Context) -> Int32 {
        let isIssue = context.arguments.flag("github")
        let labels = [TaskStatus.new.label] + draft.labels
        if context.wantsJSON {
            context.print(
                .object([
                    "dry_run": .bool(true), "project": .string(project.name), "github": .bool(isIssue),
                    "title": .string(draft.title), "body": .string(draft.body),
                    "labels": .array(labels.map { .string($0) }), "parent": TaskImage.text(draft.parent?.id),
                ]))
            return 0
        }
        Console.out("Dry run: would record \(isIssue ? "an issue" : "a local task") in \(project.name)")
        Console.out("title: \(draft.title)")
        Console.out("body: \(Printable.text(draft.body))")
        Console.out("labels: \(labels.joined(separator: ", ").onOneLine)")
        return 0
    }
}
