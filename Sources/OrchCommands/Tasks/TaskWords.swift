import Arguments
import OrchAdapters
import OrchCore

/// What somebody wants a new task to say, read from the words of `orch task add` and checked.
struct TaskWords {
    let context: Context
    let project: Project

    /// A text of a megabyte has to fit; more is no task but a repository's content.
    private static let bodyLimitBytes = 8 << 20

    func draft() throws -> TaskDraft {
        let arguments = context.arguments
        let (firstLine, body) = try words()
        let title = String(firstLine.onOneLine[...].trimmingWhitespace())
        guard !title.isEmpty else {
            throw UsageError(problem: "the title is empty", fix: "say in a line what is to be done")
        }
        var draft = TaskDraft(title: title, body: body, labels: try labels())
        if let parent = arguments.value("parent") { draft.parent = try context.task(parent).task.key }
        return draft
    }

    /// `-` for the title takes both from standard input: the first line, and what is below it.
    private func words() throws -> (title: String, body: String) {
        let title = context.arguments.required("title")
        let body = context.arguments.value("body")
        guard title == "-" else {
            return (title, body == "-" ? try TypedText.read(limitBytes: Self.bodyLimitBytes) : body ?? "")
        }
        guard body == nil else {
            throw UsageError(
                problem: "the title `-` is read with its text from standard input, and a text is given too",
                fix: "put the text on the lines below the title, or give the title as a word")
        }
        let text = try TypedText.read(limitBytes: Self.bodyLimitBytes).drop(while: \.isWhitespace)
        let line = text.prefix { !$0.isNewline }
        return (String(line), String(text.dropFirst(line.count).drop(while: \.isNewline)))
    }

    private func labels() throws -> [String] {
        let arguments = context.arguments
        var labels = arguments.values("label").flatMap { $0.split(separator: ",") }
            .map { String($0.trimmingWhitespace()) }.filter { !$0.isEmpty }
        if let agent = arguments.value("agent") {
            labels = Labels.replacing(Labels.agentPrefix, with: agent, in: labels)
        }
        if let complexity = arguments.value("complexity") {
            labels = Labels.replacing(Labels.complexityPrefix, with: complexity, in: labels)
        }
        for label in labels { try check(label) }
        return labels
    }

    private func check(_ label: String) throws {
        if label.hasPrefix(TaskStatus.labelPrefix) {
            throw UsageError(
                problem: "label “\(label.onOneLine)”: a task's status is orch's to set",
                fix: "leave it out: a new task is `new`")
        }
        if let name = Labels.value(of: Labels.agentPrefix, in: [label]) {
            let catalog = try context.live().catalog(of: project)
            let agent = try TaskRouteCommand.named(name, among: catalog.names)
            if catalog.program(of: agent) == nil { Console.err("\(agent) is not installed here") }
        }
        if let complaint = Labels.complaint(about: label) {
            throw UsageError(
                problem: "label “\(label.onOneLine.cut(to: 60))” \(complaint)",
                fix: "correct it, or leave it out")
        }
    }
}
