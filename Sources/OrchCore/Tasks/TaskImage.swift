package import JSON

/// A task and a run as JSON, for scripts; keys stay as they are once released.
package enum TaskImage {
    package static func json(of task: AgentTask, in project: String) -> JSONObject {
        [
            "id": .string(task.key.id), "project": .string(project),
            "backend": .string(task.key.backend.rawValue), "title": .string(task.title),
            "status": .string(task.status.rawValue), "labels": .array(task.labels.map { .string($0) }),
            "agent": text(task.agent?.rawValue), "agent_pinned": .bool(task.agentIsPinned),
            "model": text(task.model), "complexity": text(task.complexity?.rawValue),
            "author": .string(task.author), "trusted": task.isTrusted.map { .bool($0) } ?? .null,
            "closed": .bool(task.isClosed), "held": .bool(task.isHeld), "attempts": number(task.attempts),
            "updated_at": .string(task.updatedAt.iso8601), "parked_until": text(task.parkedUntil?.iso8601),
            "last_error": text(task.lastError), "parent": text(task.parent?.id), "branch": text(task.branch),
            "worktree": text(task.worktree), "summary": text(task.summary),
            "pull_request": text(task.pullRequest), "url": .string(task.url),
        ]
    }

    package static func json(of run: Run) -> JSONObject {
        [
            "id": number(run.id.rawValue), "kind": .string(run.kind.rawValue), "attempt": number(run.attempt),
            "agent": .string(run.agent.rawValue), "model": text(run.model),
            "state": .string(run.state.rawValue), "live": .bool(run.state.isLive),
            "started_at": .string(run.startedAt.iso8601),
            "ended_at": text(run.endedAt?.iso8601), "folder": .string(run.directory),
            "session": text(run.session), "status": text(run.outcome?.status.rawValue),
            "failure": text(run.outcome?.failure?.word), "message": text(run.outcome?.message),
            "input_tokens": number(run.usage.inputTokens), "output_tokens": number(run.usage.outputTokens),
            "cost_micro_dollars": run.usage.costMicroDollars.map(number) ?? .null,
        ]
    }

    package static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
    package static func number(_ number: Int) -> JSONValue { .int(Int64(number)) }
    package static func number(_ number: Int?) -> JSONValue { number.map { .int(Int64($0)) } ?? .null }
}
