import Arguments
import OrchAdapters
import OrchCore
import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What somebody wants a new task to say, read from the words of `orch task add` and checked.
struct TaskWords {
    let context: Context
    let project: Project

    /// A text of a megabyte has to fit; more is no task but a repository's content.
    private static let bodyLimitBytes = 8 << 20

    func draft() throws -> TaskDraft {
        let arguments = context.arguments
        let title = String(arguments.required("title").onOneLine[...].trimmingWhitespace())
        guard !title.isEmpty else {
            throw UsageError(problem: "the title is empty", fix: "say in a line what is to be done")
        }
        var draft = TaskDraft(title: title, body: try body(), labels: try labels())
        if let parent = arguments.value("parent") { draft.parent = try context.task(parent).task.key }
        return draft
    }

    private func body() throws -> String {
        let given = context.arguments.value("body") ?? ""
        guard given == "-" else { return given }
        if Terminal.isTerminal(STDIN_FILENO) { Console.err("Reading the text; Ctrl-D ends it …") }
        let input = try FileDescriptor.duplicating(STDIN_FILENO)
        let bytes = try input.readToEnd(limit: Self.bodyLimitBytes, subject: "standard input")
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw UsageError(problem: "standard input is not UTF-8 text", fix: "convert it, with iconv say")
        }
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
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
