import JSON
import OrchCore

/// A job as JSON, for scripts, in the keys of its file; they stay as they are once released.
enum JobImage {
    static func json(of job: Job, next: Timestamp?) -> JSONObject {
        var image: JSONObject = [
            "id": .string(job.id), "project": .string(job.key.project.rawValue),
            "type": .string(job.isBash ? "bash" : "task"), "schedule": .string(job.schedule),
            "timezone": TaskImage.text(job.timeZone), "enabled": .bool(job.isEnabled),
            "catch_up": .string(job.catchUp.rawValue), "dir": .string(job.directory),
            "timeout": job.timeout.map { TaskImage.number($0.wholeSeconds) } ?? .null,
            "last_run": TaskImage.text(job.state.lastRun?.iso8601),
            "last_task_status": TaskImage.text(job.state.lastStatus),
            "active_task_id": TaskImage.text(job.state.activeTask),
            "next_run": TaskImage.text(job.isEnabled ? next?.iso8601 : nil),
        ]
        switch job.work {
        case .bash(let command): image["command"] = .string(command)
        case .task(let draft, let agent):
            image["task"] = .object([
                "title": .string(draft.title), "body": .string(draft.body),
                "labels": .array(draft.labels.map { .string($0) }), "agent": TaskImage.text(agent?.rawValue),
            ])
        }
        return image
    }

    static func json(of fire: Fire) -> JSONValue {
        var image: JSONObject = ["due": .string(fire.due.iso8601), "fired_at": .string(fire.firedAt.iso8601)]
        switch fire.effect {
        case .pending: break
        case .task(let key): image["task"] = .string(key.id)
        case .run(let id): image["run"] = TaskImage.number(id.rawValue)
        }
        return .object(image)
    }
}
