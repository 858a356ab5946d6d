package import JSON
package import OrchCore
package import Subprocess

/// The programs that tell notices: the desktop's own, or the user's.
package enum NoticeProgram {
    /// A program that shows something and goes needs less; one that does not is ended.
    private static let timeout: Duration = .seconds(30)
    /// What is kept of what it says, for the log.
    private static let outputLimitBytes = 16_384

    /// - Parameters:
    ///   - name: the sink's.
    ///   - message: what is told at once; not empty.
    ///   - environment: orch's own.
    /// - Returns: nil where `orch listen` tells it, or nobody can.
    package static func command(
        for sink: NoticeSink, named name: String, message: [WaitingNotice], environment: [String: String]
    ) -> Command? {
        let command: Command
        switch sink.teller(named: name) {
        case .program?:
            command = own(sink.command, named: name, message, environment)
        case .desktop?:
            command = desktop(message).with { $0.environment = Command.Environment(environment) }
        case .listener?, nil: return nil
        }
        return command.with {
            $0.limits = Command.Limits(timeout: timeout, outputBytes: outputLimitBytes)
        }
    }

    // The desktop

    private static let title = "orch"

    /// The text is one argument, behind what ends the options, and never a part of a script.
    private static func desktop(_ message: [WaitingNotice]) -> Command {
        let text = Telling.text(of: message)
        #if canImport(Darwin)
            let script = [
                "on run argv", "display notification (item 1 of argv) with title \"\(title)\"", "end run",
            ]
            return Command("osascript", arguments: script.flatMap { ["-e", $0] } + ["--", text])
        #else
            return Command(
                "notify-send",
                arguments: ["--app-name=\(title)", "--urgency=\(urgency(of: message))", "--", title, text])
        #endif
    }

    /// The desktop's words: https://specifications.freedesktop.org/notification-spec
    private static func urgency(of message: [WaitingNotice]) -> String {
        switch level(of: message) {
        case .info: "low"
        case .attention: "normal"
        case .alarm: "critical"
        }
    }

    // The user's own

    private static func own(
        _ words: [String], named name: String, _ message: [WaitingNotice], _ environment: [String: String]
    ) -> Command {
        Command(words[0], arguments: Array(words.dropFirst())).with {
            $0.environment = Command.Environment(environment.merging(facts(of: message)) { _, fact in fact })
            $0.input = .bytes(image(of: message, for: name).utf8() + [UInt8(ascii: "\n")])
        }
    }

    /// What stands for one only is empty where several are told at once.
    private static func facts(of message: [WaitingNotice]) -> [String: String] {
        let single = message.count == 1 ? message.first?.notice : nil
        return [
            "ORCH_NOTICE_TEXT": Telling.text(of: message), "ORCH_NOTICE_COUNT": String(message.count),
            "ORCH_NOTICE_LEVEL": level(of: message).rawValue,
            "ORCH_NOTICE_KIND": single?.kind.rawValue ?? "", "ORCH_NOTICE_URL": single?.url ?? "",
            "ORCH_PROJECT_DIR": single?.project?.rawValue ?? "", "ORCH_TASK_ID": single?.task?.id ?? "",
            "ORCH_RUN": single?.run.map { String($0.rawValue) } ?? "",
        ]
    }

    private static func level(of message: [WaitingNotice]) -> Notice.Level {
        message.map(\.notice.level).max() ?? .info
    }

    private static func image(of message: [WaitingNotice], for sink: String) -> JSONValue {
        [
            "sink": .string(sink), "text": .string(Telling.text(of: message)),
            "notices": .array(message.map { image(of: $0.notice, id: $0.id) }),
        ]
    }

    /// One as scripts see it, here and in `orch notices --json`.
    package static func image(of notice: Notice, id: Int) -> JSONValue {
        var object: JSONObject = [
            "id": .int(Int64(id)), "at": .string(notice.at.iso8601),
            "level": .string(notice.level.rawValue), "kind": .string(notice.kind.rawValue),
            "text": .string(notice.text),
        ]
        if let project = notice.project { object["project"] = .string(project.rawValue) }
        if let task = notice.task { object["task"] = .string(task.id) }
        if let run = notice.run { object["run"] = .int(Int64(run.rawValue)) }
        if !notice.url.isEmpty { object["url"] = .string(notice.url) }
        return .object(object)
    }
}
