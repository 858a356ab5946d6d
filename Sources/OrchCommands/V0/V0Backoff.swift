import OrchAdapters
import OrchCore
import Platform
import Subprocess

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// v0's way to GitHub: `gh api` with whatever arguments, and what it keeps in mind of limits.
enum V0Backoff {
    static let functions: [String: V0Command.Function] = [
        "gh_api": { try api($0) },
        "gh_backoff_path": { call in
            call.say(path(call))
            return 0
        },
        "gh_backoff_reset": { call in
            _ = unlink(path(call))
            return 0
        },
        "gh_backoff_read": { call in
            let note = note(call)
            call.say("\(note.until.seconds) \(note.delay.wholeSeconds)")
            return 0
        },
        "gh_backoff_active": { call in
            guard let rest = remaining(call) else { return 1 }
            call.say("\(rest)")
            return 0
        },
        "gh_backoff_set": { call in
            set(Int(call[0]) ?? 0, reason: call[1].isEmpty ? "rate_limit" : call[1], call)
            return 0
        },
        "gh_backoff_next_delay": { call in
            call.say("\(nextDelay(base: Int(call[0]) ?? 30, maximum: Int(call[1]) ?? 900, call))")
            return 0
        },
    ]

    private static func path(_ call: V0Call) -> String {
        call.variable("GH_BACKOFF_PATH") ?? "\(call.stateDirectory)/gh_backoff"
    }

    private static func note(_ call: V0Call) -> BackoffFile {
        BackoffFile.read(path(call)) ?? BackoffFile(parsing: "")
    }

    /// Seconds; nil: go ahead.
    static func remaining(_ call: V0Call) -> Int? {
        let rest = note(call).until.since(Live.now()).wholeSeconds
        return rest > 0 ? rest : nil
    }

    private static func set(_ delay: Int, reason: String, _ call: V0Call) {
        BackoffFile(until: Live.now() + .seconds(delay), delay: .seconds(delay), reason: reason)
            .write(to: path(call))
    }

    /// Twice the last one.
    private static func nextDelay(base: Int, maximum: Int, _ call: V0Call) -> Int {
        let last = note(call).delay.wholeSeconds
        return min(last > 0 ? last * 2 : base, maximum)
    }

    // gh_api

    /// The longest that a call may take; v0 had no limit.
    private static let timeout = Duration.seconds(120)

    /// 1. While a limit holds, wait or give up. 2. Call. 3. At a limit note it, and wait and call once more,
    /// or give up. 4. Pass on what came.
    private static func api(_ call: V0Call) throws -> Int32 {
        let waits = (call.variable("GH_BACKOFF_MODE") ?? "wait") == "wait"
        if let rest = remaining(call) {
            guard waits else {
                call.complain("[gh] backoff active for \(rest)s; skipping request.")
                return V0Command.isLimited
            }
            try wait(rest, call)
        }
        // A file or a terminal as standard input is not read unless gh is told to.
        let mark = call.arguments.firstIndex(of: "--input")
        let input = mark.map { call[$0 + 1] } == "-" ? try standardInput() : []
        var output = try send(input, call)
        if isLimited(output) {
            func number(_ name: String, _ standard: Int) -> Int {
                call.variable(name).flatMap { Int($0) } ?? standard
            }
            let delay = nextDelay(
                base: number("GH_BACKOFF_BASE_SECONDS", 30), maximum: number("GH_BACKOFF_MAX_SECONDS", 900),
                call)
            set(delay, reason: "rate_limit", call)
            call.complain("[gh] rate limit detected; backing off for \(delay)s.")
            guard waits else { return V0Command.isLimited }
            try wait(delay, call)
            output = try send(input, call)
        }
        if output.succeeded {
            _ = unlink(path(call))
            Console.raw(output.text)
            return 0
        }
        if !output.errorText.isEmpty { Console.err(output.errorText) }
        if case .exited(let status) = output.exit { return status }
        return 1
    }

    private static func send(_ input: [UInt8], _ call: V0Call) throws -> Output {
        try Command("gh", arguments: ["api"] + call.arguments).with {
            $0.environment = Command.Environment(call.environment)
            $0.input = .bytes(input)
            $0.limits.timeout = timeout
            $0.limits.outputBytes = 64 << 20
        }.run()
    }

    /// v0's own list of what a limit sounds like.
    private static func isLimited(_ output: Output) -> Bool {
        guard !output.succeeded else { return false }
        let words = output.errorText.lowercased()
        return ["rate limit", "abuse detection", "http 403"].contains { words.contains($0) }
    }

    /// By the program of that name, as v0: whoever stands something in for it sees it called.
    private static func wait(_ seconds: Int, _ call: V0Call) throws {
        _ = try Command("sleep", "\(seconds)").with {
            $0.environment = Command.Environment(call.environment)
            $0.limits.timeout = .seconds(seconds + 60)
        }.run()
    }

    private static func standardInput() throws -> [UInt8] {
        try WholeFile.read("/dev/stdin", limitBytes: 16 << 20)
    }
}
