import OrchAdapters
import OrchCore
import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The end of `serve.sh`, and whether it runs: `stop.sh` and the service's `info`.
enum V0Server {
    static let functions: [String: V0Command.Function] = [
        "stop": { call in
            if ["--force", "-f"].contains(call[0]) { return force(call) }
            return try stop(call)
        },
        "service_info": { call in
            let file = PIDFile(call)
            if let pid = file.pid {
                call.say(
                    file.isRunning
                        ? "Orchestrator running (pid \(pid))" : "Orchestrator not running (stale pid \(pid))")
            } else {
                call.say("Orchestrator not running (no pid file)")
            }
            return 0
        },
    ]

    /// How long the loop may take to end what it does.
    private static let grace = 30
    private static let step: Duration = .milliseconds(100)

    private static func stop(_ call: V0Call) throws -> Int32 {
        let file = PIDFile(call)
        guard let pid = file.pid else {
            call.say("Orchestrator not running (no pid file).")
            return 0
        }
        if file.isRunning {
            file.signal(SIGTERM)
            let deadline = MonotonicTime.now() + .seconds(grace)
            while file.isRunning, MonotonicTime.now() < deadline { Pausing.pause(step) }
            if file.isRunning {
                call.say("Process \(pid) did not exit after \(grace)s, sending SIGKILL.")
                file.signal(SIGKILL)
            }
            call.say("Stopped orchestrator (pid \(pid)).")
        } else {
            call.say("Orchestrator not running (stale pid \(pid)).")
        }
        file.remove(call)
        endAgents(call)
        return 0
    }

    /// v0 ends whatever looks like one of its processes. Here only what is proven ours is ended: the loop by
    /// its file, agents and their hosts by the store.
    private static func force(_ call: V0Call) -> Int32 {
        let file = PIDFile(call)
        if file.isRunning { file.signal(SIGKILL) }
        file.remove(call)
        endAgents(call, hosts: true)
        call.say("Force-killed all orchestrator processes.")
        return 0
    }

    /// The agents of all runs. Their tasks go on with another attempt when orch is started again.
    private static func endAgents(_ call: V0Call, hosts: Bool = false) {
        // A home without a store has no runs; one that cannot be read has none that could be proven ours.
        guard FileStatus.ifPresent(call.home.database) != nil,
            let runs = try? call.store().openRuns().filter({ $0.state.isLive }), !runs.isEmpty,
            let live = try? LiveHosts(home: call.home, environment: call.environment)
        else { return }
        call.say("Cleaning up agent sessions...")
        for run in runs {
            if hosts, let host = run.host, live.isAlive(host) { kill(host.pid, SIGKILL) }
            live.endAgents(of: run)
            call.say("  ended \(run.agent) of task \(run.task.id)")
        }
    }
}

/// v0's `orchestrator.pid`, and what lies beside it.
struct PIDFile {
    let path: String
    let pid: Int32?
    /// When it was written; a process that is younger did not write it.
    private let age: Double

    private static let limitBytes = 64
    /// Clocks of files and processes are a little apart.
    private static let slack = 2.0

    init(_ call: V0Call) {
        self.init(path: call.variable("PID_FILE") ?? "\(call.stateDirectory)/orchestrator.pid")
    }

    init(path: String) {
        self.path = path
        // What cannot be read is no file.
        let bytes = (try? WholeFile.readIfPresent(path, limitBytes: Self.limitBytes)) ?? nil
        let text = bytes.map { String(String(decoding: $0, as: UTF8.self)[...].trimmingWhitespace()) }
        pid = text.flatMap { Int32($0) }.flatMap { $0 > 1 ? $0 : nil }
        let written = FileStatus.ifPresent(path)?.modifiedSeconds ?? 0
        age = Double(Int64(Live.now().seconds) - written)
    }

    /// Whether the process that wrote it is there still. Numbers are given anew: a process of that number
    /// that began after the file was written is somebody else's.
    var isRunning: Bool {
        guard let pid, let own = ProcessRecord(of: getpid()), let record = ProcessRecord(of: pid) else {
            return false
        }
        return !record.isZombie && record.secondsOlder(than: own) + Self.slack >= age
    }

    func signal(_ signal: Int32) {
        if let pid { kill(pid, signal) }
    }

    /// The file, the loop's lock, and the `tail` that showed its log.
    func remove(_ call: V0Call) {
        unlink(path)
        // What is gone needs no removing; what stays is said by whoever finds it.
        try? Directory.remove("\(call.stateDirectory)/serve.lock")
        let tail = PIDFile(path: "\(call.stateDirectory)/tail.pid")
        if tail.isRunning { tail.signal(SIGTERM) }
        unlink(tail.path)
    }
}
