import Arguments
import JSON
import OrchCore

/// `orch service status`.
enum ServiceStatusCommand: Subcommand {
    static let table = CommandTable("status", "Whether the timer is installed, and how it goes") {
        Flag("system", "The system's timer rather than your own")
    }
    .exitStatus(1, "It is not installed, does not fire, or the last run failed.")

    static func run(_ context: Context) throws -> Int32 {
        let choice = TimersChoice(
            environment: context.environment, wantsSystem: context.arguments.flag("system"))
        guard let timers = try choice.timers() else { throw ServiceError.noTimers }
        let all = try ServiceJob.all.map { try timers.status(of: $0) }
        let statuses = all.filter { $0.isInstalled || $0.command == "tick" }
        if context.wantsJSON {
            let items = statuses.map(json)
            Console.out(JSONValue.object(["system": .string(timers.name), "timers": .array(items)]).text())
        } else {
            Console.out(timers.name)
            for status in statuses { Console.out("  " + line(for: status)) }
        }
        return statuses.allSatisfy { $0.isInstalled && $0.isActive && $0.failure == nil } ? 0 : 1
    }

    static func line(for status: TimerStatus) -> String {
        guard status.isInstalled else { return "\(status.command): not installed (`orch service install`)" }
        let isKept = status.command == ServiceJob.listen
        let state =
            status.isActive ? (isKept ? "runs" : "fires") : (isKept ? "does not run" : "does not fire")
        let last = status.lastStart.map { ", last at \($0)" } ?? ""
        return "\(status.command): \(state)\(last)" + (status.failure.map { ", which failed: \($0)" } ?? "")
    }

    private static func json(of status: TimerStatus) -> JSONValue {
        .object([
            "command": .string(status.command), "installed": .bool(status.isInstalled),
            "active": .bool(status.isActive),
            "last_start": status.lastStart.map { .string($0) } ?? .null,
            "failure": status.failure.map { .string($0) } ?? .null,
        ])
    }
}
