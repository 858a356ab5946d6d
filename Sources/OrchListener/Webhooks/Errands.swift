import OrchCore
import Platform
import Reactor
import Subprocess

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Has `orch` look at what has come: a tick for issues, a sync for everything else.
///
/// One of each kind runs at a time. What comes meanwhile is looked at by the next, and a burst by few.
final class Errands {
    enum Errand: String, CaseIterable {
        case tick
        case sync

        var arguments: [String] {
            switch self {
            case .tick: ["tick"]
            case .sync: ["sync", "--news"]
            }
        }

        /// Beyond it something is stuck: those of the timers' units.
        var timeout: Duration {
            switch self {
            case .tick: .seconds(120)
            case .sync: .seconds(900)
            }
        }
    }

    private struct Running {
        let pid: Int32
        let watch: ExitWatchBox
        let limit: EventLoop.TimerID
    }

    /// From the start of one to the start of the next: a burst of events is a burst of news about one thing.
    private static let spacing = Duration.milliseconds(200)
    /// From SIGTERM to SIGKILL.
    private static let grace = Duration.seconds(5)
    /// How soon a process that was killed is looked for again.
    private static let burial = Duration.milliseconds(20)

    /// Fails where there are no descriptors any more, and in tests.
    var exitWatch: (Int32) throws -> ExitWatchBox = { pid in try ExitWatchBox(pid) }

    private let loop: EventLoop
    private let log: ListenerLog
    private let program: String
    private let environment: Command.Environment
    private let directory: String
    private var running: [Errand: Running] = [:]
    private var wanted: Set<Errand> = []
    private var lastStart: [Errand: MonotonicTime] = [:]
    private(set) var started: [Errand: Int] = [:]
    private(set) var failed: [Errand: Int] = [:]

    init(
        loop: EventLoop, log: ListenerLog, program: String, environment: [String: String], directory: String
    ) {
        (self.loop, self.log, self.program, self.directory) = (loop, log, program, directory)
        // A project that the listener happens to be started in is not the one that is meant.
        let own = Set(Supervisor.variables + ["PROJECT_DIR", "PWD", "OLDPWD"])
        self.environment = Command.Environment(environment.filter { !own.contains($0.key) })
    }

    /// Nothing runs, and nothing is about to.
    var isIdle: Bool { running.isEmpty && wanted.isEmpty }

    func follow(_ events: Set<GitHubEvent>) {
        if events.contains(.issues) { want(.tick) }
        if events.contains(where: { !$0.phases.isEmpty }) { want(.sync) }
    }

    /// Runs it now, or again where it runs already.
    func want(_ errand: Errand) {
        guard wanted.insert(errand).inserted else { return }
        guard running[errand] == nil else { return }
        let since = lastStart[errand].map { MonotonicTime.now() - $0 } ?? Self.spacing
        if since >= Self.spacing { return start(errand) }
        loop.after(Self.spacing - since) { [weak self] in self?.startIfWanted(errand) }
    }

    private func startIfWanted(_ errand: Errand) {
        if running[errand] == nil, wanted.contains(errand) { start(errand) }
    }

    private func start(_ errand: Errand) {
        wanted.remove(errand)
        lastStart[errand] = .now()
        started[errand, default: 0] += 1
        let command = Command(program, arguments: errand.arguments).with {
            $0.environment = environment
            $0.workingDirectory = directory
        }
        do {
            // What it says is the log's; like every log of the timers', it says nothing where nothing was
            // done.
            let pid = try Child.detached(command, output: .descriptor(STDERR_FILENO))
            do {
                try watch(errand, pid)
            } catch {
                bury(pid)
                throw error
            }
        } catch {
            failed[errand, default: 0] += 1
            log.error(error)
        }
    }

    /// Where it throws, nothing is known of the errand, and its process is the caller's.
    private func watch(_ errand: Errand, _ pid: Int32) throws {
        let watch = try exitWatch(pid)
        try loop.watch(watch.number, for: .readable) { [weak self] _ in self?.collect(errand) }
        let limit = loop.after(errand.timeout) { [weak self] in self?.end(errand, pid, SIGTERM) }
        running[errand] = Running(pid: pid, watch: watch, limit: limit)
    }

    /// Ends one whose end nothing would tell of, and collects it.
    private func bury(_ pid: Int32) {
        _ = kill(-pid, SIGKILL)
        do throws(SystemError) {
            if try Child.reap(pid) != nil { return }
        } catch {
            // It is nobody's child any more.
            return
        }
        loop.after(Self.burial) { [weak self] in self?.bury(pid) }
    }

    private func collect(_ errand: Errand) {
        guard let ended = running.removeValue(forKey: errand) else { return }
        loop.forget(ended.watch.number)
        loop.cancel(ended.limit)
        // It has ended, so this does not wait; what it cannot tell counts as a failure.
        let exit = (try? Child.reap(ended.pid)) ?? nil
        if exit != .exited(0) { failed[errand, default: 0] += 1 }
        // What a sync has made of it, a tick starts.
        if errand == .sync, exit == .exited(0) { want(.tick) }
        if wanted.remove(errand) != nil { want(errand) }
    }

    /// Its number is its own until it is collected, and so is its group's.
    private func end(_ errand: Errand, _ pid: Int32, _ signal: Int32) {
        guard let stuck = running[errand], stuck.pid == pid else { return }
        log.note("`orch \(errand.rawValue)` has run for more than \(errand.timeout.brief), and is ended")
        _ = kill(-pid, signal)
        loop.after(Self.grace) { [weak self] in
            guard self?.running[errand]?.pid == pid else { return }
            _ = kill(-pid, SIGKILL)
        }
    }
}

/// An `ExitWatch` that can be kept in a dictionary.
final class ExitWatchBox {
    private let watch: ExitWatch
    init(_ pid: Int32) throws(SystemError) { watch = try ExitWatch(pid) }
    var number: Int32 { watch.number }
}
