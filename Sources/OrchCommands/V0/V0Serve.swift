import OrchAdapters
import OrchCore
import Platform
import Subprocess

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// `serve.sh`, for those without timers: rounds of `orch tick`, and every couple of minutes `orch sync`,
/// each a program of its own, until it is asked to end.
///
/// Nothing is lost with it: whatever a tick has begun goes on, and the next one looks after it.
final class V0Serve {
    static let functions: [String: V0Command.Function] = ["serve": { try V0Serve($0).serve() }]

    private let call: V0Call
    private let places: V0ServePlaces
    private let executable: String
    private let console: HostConsole
    private let interval: Duration
    private let syncInterval: Duration
    private var nextSync = MonotonicTime.now()

    /// Between two looks at a tick that is at work.
    private static let step: Duration = .milliseconds(20)
    /// A sync is over by then; one that is not goes on beside the next rounds.
    private static let longest: Duration = .seconds(600)

    private init(_ call: V0Call) throws {
        func seconds(_ name: String, _ standard: Int) -> Duration {
            .seconds(call.variable(name).flatMap { Int($0) }.map { max(1, $0) } ?? standard)
        }
        guard let executable = ExecutablePath.current() else {
            throw V0Error("this process cannot find itself")
        }
        self.call = call
        self.executable = executable
        places = V0ServePlaces(call)
        interval = seconds("INTERVAL", 10)
        syncInterval = seconds("GH_PULL_INTERVAL", 120)
        console = try HostConsole(.nobody)
    }

    /// - Returns: 0 also where another one serves.
    private func serve() throws -> Int32 {
        let isRestarted = call.variable("RESTARTING") == "1"
        guard try places.take(isRestarted: isRestarted, call) else { return 0 }
        defer { places.leave(call) }
        try begin(isRestarted: isRestarted)
        let environment = try V0Stage.environment(of: call)
        let program = FileStatus.ifPresent(executable)
        while true {
            log("[serve] tick")
            guard try round(environment) else { break }
            if let now = FileStatus.ifPresent(executable), now != program { try restart() }
            guard try console.pause(interval) else { break }
        }
        log("[serve] shutting down gracefully")
        V0Hooks.run("on_service_stop", [:], call)
        return 0
    }

    private func begin(isRestarted: Bool) throws {
        if !isRestarted { places.rotateLog() }
        log("[serve] starting v\(version) with interval=\(interval.wholeSeconds)s")
        V0Hooks.run("on_service_start", [:], call)
        call.say(
            "Orchestrator v\(version) started, listening to tasks and delegating agents."
                + " (pid \(getpid()), interval \(interval.wholeSeconds)s)")
        if call.variable("TAIL_LOG") == "1" { places.showLog(call) }
    }

    // MARK: - Rounds

    /// - Returns: false where it is asked to end.
    private func round(_ environment: [String: String]) throws -> Bool {
        guard try run(["tick"], environment) else { return false }
        guard MonotonicTime.now() >= nextSync else { return true }
        nextSync = .now() + syncInterval
        if let rest = V0Backoff.remaining(call) {
            log("[serve] gh backoff active (\(rest)s remaining), skipping")
            return true
        }
        return try run(["sync"], environment)
    }

    /// Stays with the program until it is over, or this one is asked to end: then it ends by itself.
    private func run(_ arguments: [String], _ environment: [String: String]) throws -> Bool {
        let command = Command(executable, arguments: arguments).with {
            $0.environment = Command.Environment(environment)
        }
        let pid: Int32
        do {
            pid = try Child.detached(command, output: .file(places.log))
        } catch {
            log("[serve] \(arguments[0]) cannot be started: \(error.problem)")
            return true
        }
        let deadline = MonotonicTime.now() + Self.longest
        var isWanted = true
        while try Child.reap(pid) == nil, MonotonicTime.now() < deadline {
            if isWanted { isWanted = try console.pause(Self.step) } else { Pausing.pause(Self.step) }
        }
        return isWanted
    }

    /// Becomes the program that has been put in this one's place; the number of the process stays.
    private func restart() throws {
        log("[serve] code changed; restarting")
        setenv("RESTARTING", "1", 1)
        var words: [UnsafeMutablePointer<CChar>?] = [executable, "v0", "serve"].map { (word: String) in
            strdup(word)
        }
        words.append(nil)
        execv(executable, words)
        // The old program, which is still in memory, serves on.
        log("[serve] the new program cannot be started: \(String(cString: strerror(errno)))")
        for word in words { free(word) }
    }

    private var version: String { call.variable("ORCH_VERSION") ?? Program.version }

    private func log(_ line: String) { places.append("\(Live.now().iso8601) [v\(version)] \(line)") }
}
