import OrchCore

/// The command line of `agents.NAME.command`: words with places for what differs between runs.
///
/// A word stays one word whatever is put into it, and no shell sees it. Where no model is chosen, a word
/// that asks for one is left out, and so is an option right before a bare `{{MODEL}}`: `--model {{MODEL}}`
/// vanishes whole.
enum CommandTemplate {
    static let model = "{{MODEL}}"
    static let files = ["{{PROMPT_FILE}}", "{{SYSTEM_FILE}}", "{{MESSAGE_FILE}}"]

    static func words(_ template: [String], for request: AgentRequest) -> [String] {
        let files = PromptFiles(request)
        let values = [
            (Self.files[0], files.whole.path), (Self.files[1], files.system.path),
            (Self.files[2], files.message.path), ("{{ANSWER_FILE}}", request.answerPath),
            ("{{WORKTREE}}", request.worktree), ("{{TASK_ID}}", request.taskID), (model, request.model ?? ""),
        ]
        return (request.model == nil ? withoutModel(template) : template).map { fill($0, with: values) }
    }

    /// The prompt files that the template asks for.
    static func files(_ template: [String], for request: AgentRequest) -> [AgentLaunch.File] {
        let files = PromptFiles(request)
        return zip(Self.files, [files.whole, files.system, files.message]).compactMap { place, file in
            template.contains { $0.contains(place) } ? file : nil
        }
    }

    private static func withoutModel(_ template: [String]) -> [String] {
        var words: [String] = []
        for word in template {
            guard word.contains(model) else {
                words.append(word)
                continue
            }
            if word == model, let option = words.last, option.hasPrefix("-"), words.count > 1 {
                words.removeLast()
            }
        }
        return words
    }

    /// In one pass, so that a value that looks like a place stays as it is.
    private static func fill(_ word: String, with values: [(place: String, value: String)]) -> String {
        var filled = ""
        var rest = word[...]
        while !rest.isEmpty {
            if let (place, value) = values.first(where: { rest.hasPrefix($0.place) }) {
                filled += value
                rest = rest.dropFirst(place.count)
            } else {
                filled.append(rest.removeFirst())
            }
        }
        return filled
    }
}
