package import OrchCore
package import Subprocess

/// One question to an agent in the foreground: it answers and ends. It is shown as little as it needs, and
/// changes nothing.
package struct AgentQuestion {
    private let adapter: any AgentAdapter
    private let request: AgentRequest

    package struct Place {
        /// Where the agent looks around.
        let directory: String
        /// Where its files may be put: exists, and is this question's own.
        let folder: String

        package init(directory: String, folder: String) {
            self.directory = directory
            self.folder = folder
        }
    }

    package init(
        _ question: String, to adapter: any AgentAdapter, model: String?, in place: Place,
        settings: AgentSettings
    ) {
        self.adapter = adapter
        request = AgentRequest(
            agent: adapter.name, model: model, systemPrompt: "", message: question,
            settings: settings.forOneQuestion,
            places: .init(
                worktree: place.directory, mainDirectory: place.directory, attemptDirectory: place.folder,
                answerPath: "\(place.folder)/answer.json"))
    }

    /// Beyond that nobody reads it.
    private static let outputLimitBytes = 4 << 20

    package var files: [AgentLaunch.File] { adapter.launch(request).files }

    package func command(environment: [String: String], timeout: Duration) -> Command {
        let launch = adapter.launch(request)
        var command = Command(launch.program, arguments: launch.arguments)
        command.environment = .init(environment.merging(launch.environment) { _, own in own })
        command.workingDirectory = request.worktree
        command.limits = .init(timeout: timeout, outputBytes: Self.outputLimitBytes)
        switch launch.input {
        case .nothing: command.input = .none
        case .text(let text): command.input = .text(text)
        case .conversation: command.input = .text(opening)
        }
        return command
    }

    /// What a conversation begins with; the end of the input right behind it says that there is no more.
    private var opening: String {
        var conversation = adapter.conversation(request)
        return conversation.begin().compactMap { if case .write(let text) = $0 { text } else { nil } }
            .joined()
    }

    /// The agent's words.
    package func answer(in output: Output, now: Timestamp) throws(AgentQuestionError) -> String {
        var conversation = adapter.conversation(request)
        for line in output.text.split(whereSeparator: \.isNewline) {
            _ = conversation.receive(line: String(line))
        }
        let exit: Int32? = if case .exited(let status) = output.exit { status } else { nil }
        let report = conversation.report(exit: exit, errorTail: output.errorText, now: now)
        if output.succeeded, report.failure == nil || report.isPlain, let text = report.finalText {
            return text
        }
        let reason = report.message.isEmpty ? "\(output.exit)" : report.message
        throw AgentQuestionError(agent: adapter.name, reason: reason)
    }
}

extension AgentSettings {
    /// One that only reads, and takes no words once it has begun.
    fileprivate var forOneQuestion: AgentSettings {
        var settings = reading(refusing: [])
        settings.codexProtocol = .exec
        if settings.input == .stream { settings.input = .prompt }
        return settings
    }
}

package struct AgentQuestionError: Error, Equatable, Explained {
    let agent: AgentName
    let reason: String

    package var problem: String { "\(agent) gave no answer: \(reason)" }
    package var fix: String { "try again; `orch agents` tells whether \(agent) is set up" }
}
