package import OrchCore

/// Owns one run in which an agent is asked who is to do a task.
///
/// It may read the project and change nothing there; its answer is the run's summary, and `collect` draws the
/// consequences. A host that takes over finds the agent where the one before left it.
package final class RouteHost: AgentHost {
    let ports: HostPorts
    let run: Run
    private let project: Project
    private let task: AgentTask

    /// - Throws: `EngineError` where the run is over, or its task or project is gone.
    package init(_ run: Run, projects: [Project], ports: HostPorts) throws {
        project = try run.project(among: projects)
        guard let task = try ports.common.store.task(run.task) else {
            throw EngineError.taskMissing(run.task.id)
        }
        self.run = run
        self.ports = ports
        self.task = task
    }

    /// Stays with the agent to its end.
    ///
    /// - Returns: nil where this host had to leave the run to another one: it is still
    ///   live, or somebody else's.
    package func runToEnd() throws -> RunOutcome? {
        guard let outcome = try hosted(outcome) else { return nil }
        audit("asked", outcome.failure?.word ?? outcome.message)
        return outcome
    }

    private func outcome() throws -> RunOutcome {
        guard let adapter = ports.adapter(run.agent) else {
            return failed(.programMissing(run.agent.rawValue), said: "")
        }
        do {
            let report = try ask(
                try question("route", variables), of: project, adapter: adapter,
                timeout: project.settings.router.timeout)
            try ports.files.write(ports.redaction.apply(to: report.finalText ?? ""), to: "response.txt")
            return read(report)
        } catch AgentKeeperError.programMissing(let name) {
            return failed(.programMissing(name), said: "")
        } catch let error as AgentKeeperError {
            return failed(.reported, said: error.problem)
        } catch let error as PromptError {
            return failed(.reported, said: error.problem)
        }
    }

    private func variables() throws -> [String: String] {
        [
            "TASK_ID": run.task.id, "TASK_TITLE": HiddenComments.removed(from: task.title),
            "TASK_LABELS": task.labels.joined(separator: ","),
            "TASK_BODY": HiddenComments.removed(from: try store.body(of: run.task) ?? ""),
            "AVAILABLE_AGENTS": ports.common.agents(project).map(\.rawValue).joined(separator: ", "),
            "SKILLS_CATALOG": ports.skills(project),
        ]
    }

    // MARK: - Its answer

    private func read(_ report: AgentReport) -> RunOutcome {
        if let failure = report.failure, !report.isPlain { return failed(failure, said: report.message) }
        guard let choice = report.finalText.flatMap(RouteReading.choice) else {
            return failed(.invalidAnswer, said: "it names no executor")
        }
        return RunOutcome(
            status: .routed, message: ports.redaction.apply(to: choice.profile.reason),
            summary: ports.redaction.apply(to: choice.text))
    }

    private func failed(_ failure: AgentFailure, said: String) -> RunOutcome {
        let words = ports.redaction.apply(to: said)
        let message = FailureText.sentence(for: failure, agent: run.agent, said: words)
        return RunOutcome(failure: failure, status: .needsReview, message: message)
    }
}
