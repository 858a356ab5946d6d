import Cron
import JSON
import OrchCore
import Platform

/// What agents print, read as v0's `normalize_json.py` does; and `cron_match.py`.
enum V0Answers {
    static let functions: [String: V0Command.Function] = [
        "normalize_json": { try normalize($0) },
        "normalize_json_response": { call in
            guard let answer = try answer(in: call[0]) else { return 1 }
            call.say(JSONValue.object(answer).text())
            return 0
        },
        "safe_normalize_json": { call in
            if let slash = call[1].lastIndex(of: "/") { try Directory.make(String(call[1][..<slash])) }
            if !call[1].isEmpty { try AtomicFile.write(Array(call[0].utf8), to: call[1]) }
            guard let answer = try answer(in: call[0]) else {
                if !call[1].isEmpty { Console.err("Malformed response saved to: \(call[1])") }
                return 1
            }
            Console.raw(JSONValue.object(answer).text())
            return 0
        },
        "cron_match": { cronMatch($0) },
    ]

    private static let limitBytes = 64 << 20

    /// `normalize_json.py [--tool-history|--tool-summary|--usage]`, of `RAW_RESPONSE` or standard input.
    private static func normalize(_ call: V0Call) throws -> Int32 {
        let raw = try call.environment["RAW_RESPONSE"] ?? standardInput()
        if raw.isEmpty { return 1 }
        switch call[0] {
        case "--tool-history":
            let history = toolCalls(in: raw)
            if !history.isEmpty { call.say(JSONValue.array(history).text()) }
        case "--tool-summary":
            for line in toolCalls(in: raw).suffix(toolLimit).map(line) { call.say(line) }
        case "--usage": call.say(usage(in: raw).text())
        default:
            guard let answer = try answer(in: raw) else { return 1 }
            call.say(JSONValue.object(answer).text())
        }
        return 0
    }

    private static func standardInput() throws -> String {
        String(decoding: try WholeFile.read("/dev/stdin", limitBytes: limitBytes), as: UTF8.self)
    }

    private static func events(in raw: String) -> [JSONValue] {
        raw.split(whereSeparator: \.isNewline).compactMap { line in
            let text = line.trimmingWhitespace()
            return text.hasPrefix("{") ? try? JSONValue(parsing: Array(text.utf8)) : nil
        }
    }

    // The answer

    /// The object that an agent handed in: of a stream of events in the last of them that holds one, else in
    /// the whole text.
    static func answer(in raw: String) throws -> JSONObject? {
        let events = events(in: raw)
        let said = events.flatMap(words)
        for isWanted in [{ (object: JSONObject) in object["status"] != nil }, { _ in true }] {
            for text in said.reversed() {
                let objects = (try? JSONSearch.objects(in: Array(text.utf8), limitBytes: limitBytes)) ?? []
                if let found = objects.last(where: isWanted) { return found }
            }
        }
        // A stream that holds no answer is none; its events are no answers either.
        guard said.isEmpty else { return nil }
        let objects = (try? JSONSearch.objects(in: Array(raw.utf8), limitBytes: limitBytes)) ?? []
        return objects.last { $0["type"] == nil }
    }

    /// Where an event of claude, opencode or codex holds an agent's words.
    private static func words(in event: JSONValue) -> [String] {
        switch event["type"].string {
        case "result": [event["result"].string ?? event["result"].text()]
        case "text": [event["part"]["text"].string].compactMap { $0 }
        case "item.completed":
            switch event["item"]["type"].string {
            case "agent_message": [event["item"]["text"].string].compactMap { $0 }
            // An answer that was written by a here-document.
            case "command_execution": [event["item"]["command"].string].compactMap { $0 }
            default: []
            }
        default: []
        }
    }

    // Tools and tokens

    private static let toolLimit = 20

    private static func toolCalls(in raw: String) -> [JSONValue] {
        var calls: [JSONObject] = []
        for event in events(in: raw) {
            switch event["type"].string {
            case "tool_use":
                let tool = event["tool"].string ?? event["name"].string ?? ""
                calls.append(["tool": .string(tool), "input": event["input"]])
            case "tool_result" where !calls.isEmpty:
                calls[calls.count - 1]["error"] = .bool(event["is_error"].bool ?? false)
            default: break
            }
        }
        return calls.map { .object($0) }
    }

    private static func line(_ call: JSONValue) -> String {
        let tool = call["tool"].string ?? "?"
        let fields = [
            "Bash": "command", "Edit": "file_path", "Write": "file_path", "Read": "file_path",
            "Glob": "pattern", "Grep": "pattern",
        ]
        let detail = fields[tool].map { call["input"][$0].string ?? "?" }
        let failed = call["error"].bool == true ? " [ERROR]" : ""
        if tool == "Bash" { return "  $ \(detail ?? "?")\(failed)" }
        return "  \(tool)" + (detail.map { ": \($0)" } ?? "") + failed
    }

    /// Of the result where there is one, else the most that an event tells.
    private static func usage(in raw: String) -> JSONValue {
        var (input, output) = (0, 0)
        for event in events(in: raw) {
            let told = (event["usage"]["input_tokens"].int ?? 0, event["usage"]["output_tokens"].int ?? 0)
            let isResult = event["type"].string == "result" && !event["usage"].isNull
            (input, output) = isResult ? told : (max(input, told.0), max(output, told.1))
        }
        return ["input_tokens": .int(Int64(input)), "output_tokens": .int(Int64(output))]
    }

    // Cron

    private static let lookback: Int64 = 86_400

    /// `cron_match.py EXPRESSION [--since TIME]`: whether this minute matches, or one since then, a day at
    /// most; 2 for wrong usage.
    private static func cronMatch(_ call: V0Call) -> Int32 {
        let isSince = call.arguments.count == 3 && call[1] == "--since"
        guard call.arguments.count == 1 || isSince else {
            Console.err("usage: cron_match.py 'CRON_EXPRESSION' [--since ISO_TIMESTAMP]")
            return 2
        }
        let zone = (try? ZoneRules.local(variable: call.environment["TZ"])) ?? .utc
        let now = Int64(Live.now().seconds)
        guard let schedule = try? CronSchedule(call[0]) else { return 1 }
        guard isSince else { return schedule.matches(zone.localTime(at: now)) ? 0 : 1 }
        guard let since = Timestamp(iso8601: call[2]) else { return 1 }
        let next = schedule.next(after: max(Int64(since.seconds), now - lookback), in: zone)
        return next.map { $0 < now } == true ? 0 : 1
    }
}
