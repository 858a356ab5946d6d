import JSON
import OrchCore
import OrchEngine

/// How a tick's report looks, to people and to programs.
enum TickImage {
    static func line(for entry: TickReport.Entry) -> String {
        guard let decision = entry.decision else {
            let failure = entry.error is SidecarLag ? "v0's file was not written" : "cannot be looked at"
            return "\(entry.phase): \(entry.project.rawValue): \(failure)"
        }
        let line = Wording.line(for: decision, task: entry.task)
        return entry.error == nil ? line : "\(line) (failed)"
    }

    static func line(for pause: WorkPause) -> String {
        let words = PauseWords(pause, project: pause.project?.rawValue)
        return "tick: \(words.problem); \(words.fix)"
    }

    static func json(of report: TickReport, isDryRun: Bool) -> JSONValue {
        .object([
            "already_running": .bool(report.isAlreadyRunning),
            "dry_run": .bool(isDryRun),
            "paused": .array(report.pauses.map { PauseImage.json(of: $0, in: $0.project?.rawValue) }),
            "decisions": .array(report.entries.map(json)),
        ])
    }

    private static func json(of entry: TickReport.Entry) -> JSONValue {
        var object: JSONObject = [
            "phase": .string(entry.phase), "project": .string(entry.project.rawValue),
            "text": .string(line(for: entry)), "ok": .bool(entry.error == nil),
        ]
        if let decision = entry.decision {
            object[Self.noun(decision.task.backend)] = .string(decision.task.id)
        }
        if let error = entry.error { object["error"] = .string(ErrorText.problem(of: error)) }
        return .object(object)
    }

    private static func noun(_ backend: TaskKey.Backend) -> String {
        switch backend {
        case .github, .internal: "task"
        case .job: "job"
        case .pull: "pull_request"
        }
    }
}
