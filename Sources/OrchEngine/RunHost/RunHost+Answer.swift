import OrchCore

/// What a run's agent came to, before anything of it is published.
enum Reading {
    case answer(AgentAnswer)
    case failure(AgentFailure, message: String)
}

extension RunHost {
    /// The answer from the file that the agent was asked to write, else from its last words.
    ///
    /// The agent's failure comes first, whatever it wrote before it failed. What cannot
    /// be read is never success.
    func readAnswer(_ report: AgentReport, in worktree: Worktree) throws -> Reading {
        let origin = try perform(.answer) { _ in
            try ports.files.write(ports.redaction.apply(to: report.finalText ?? ""), to: "response.txt")
            return try keepAnswer(at: places(in: worktree).answerPath)
        }
        if let failure = report.failure, !report.isPlain {
            return .failure(failure, message: sentence(for: failure, report: report))
        }
        // Redaction may make it a little longer.
        let path = "\(run.directory)/answer.json"
        let file = try ports.files.read(path: path, limit: 2 * AnswerReading.limitBytes)
        do throws(AnswerError) {
            if let bytes = Self.size(ofTooLarge: origin) { throw .tooLarge(bytes: bytes) }
            // Redacted before it is read, because reading cuts what is too long.
            let answer = try AnswerReading.answer(
                file: file.map { Array($0.utf8) }, finalText: report.finalText.map(ports.redaction.apply))
            return .answer(ToolComplaint.heeded(in: answer, by: run.agent))
        } catch {
            if let failure = report.failure {
                return .failure(failure, message: sentence(for: failure, report: report))
            }
            let text = FailureText.sentence(for: .invalidAnswer, agent: run.agent, said: error.problem)
            return .failure(.invalidAnswer, message: text)
        }
    }

    /// Copies the answer to where the agent cannot change it any more.
    ///
    /// - Returns: where the answer is, for the step's row.
    private func keepAnswer(at path: String) throws -> String {
        do {
            guard let text = try ports.files.read(path: path, limit: AnswerReading.limitBytes) else {
                return "from its last words"
            }
            try ports.files.write(ports.redaction.apply(to: text), to: "answer.json")
            return "from its file"
        } catch AttemptFileError.tooLarge(_, let bytes, _) {
            return Self.tooLarge + String(bytes)
        }
    }

    private static let tooLarge = "too large: "

    private static func size(ofTooLarge origin: String) -> Int? {
        origin.hasPrefix(tooLarge) ? Int(origin.dropFirst(tooLarge.count)) : nil
    }

    private func sentence(for failure: AgentFailure, report: AgentReport) -> String {
        let said = ports.redaction.apply(to: report.message)
        return FailureText.sentence(for: failure, agent: run.agent, said: said)
    }
}
