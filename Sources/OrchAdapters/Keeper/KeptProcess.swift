import JSON
import OrchCore
import Platform
import Subprocess

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// An agent under its keeper, seen through its leg's folder; the same for whoever started
/// it and whoever adopts it.
final class KeptProcess: AgentProcess {
    private let folder: LegFolder
    private let console: HostConsole
    /// The keeper's pid where it is this process's own child, which has to be reaped.
    private let child: Int32?
    private let startedAt = MonotonicTime.now()
    private var output: OutputReader
    private var input: FileDescriptor?
    private var pending: [UInt8] = []
    private var ending: Ending?
    private var isOver = false

    /// A file that grows cannot be waited for everywhere, so it is looked at: often while the agent talks.
    private static let shortestLook: Duration = .milliseconds(25)
    private static let longestLook: Duration = .milliseconds(100)
    /// A keeper reports within milliseconds; one that has not by then never started.
    private static let reportTime: Duration = .seconds(20)
    /// Words that the agent does not read; more than this is dropped rather than kept in memory.
    private static let pendingLimitBytes = 8 << 20

    /// A keeper opens the FIFO within milliseconds, and an agent that takes input reads it soon.
    private static let writeTime: Duration = .seconds(10)

    private var look = shortestLook

    init(_ folder: LegFolder, console: HostConsole, keeper: Int32?) throws {
        self.folder = folder
        self.console = console
        child = keeper
        output = OutputReader(path: folder.output)
    }

    func next(timeout: Duration) throws(AgentKeeperError) -> [AgentSignal] {
        do {
            let deadline = MonotonicTime.now() + timeout
            while true {
                // Looked at before its output is: then what is not there yet never comes.
                if !isOver, ending == nil { ending = lookForEnding() }
                var signals = try output.read().map { AgentSignal.line($0.text, end: $0.end) }
                let isWaiting = output.isAtEnd && ending == nil
                signals += try console.wait(isWaiting ? look : .zero)
                flush()
                if output.isAtEnd, let ending {
                    self.ending = nil
                    return signals + conclude(ending)
                }
                signals += output.unfinished().map { [.unfinished($0)] } ?? []
                look = signals.isEmpty ? min(look * 2, Self.longestLook) : Self.shortestLook
                if !signals.isEmpty || MonotonicTime.now() >= deadline { return signals }
            }
        } catch {
            throw FileKeeper.translated(error)
        }
    }

    private enum Ending { case status(Int32), unknown }

    private func conclude(_ ending: Ending) -> [AgentSignal] {
        isOver = true
        let last = output.finish().map { [AgentSignal.line($0.text, end: $0.end)] } ?? []
        if case .status(let status) = ending { return last + [.exited(status)] }
        return last + [.exited(nil)]
    }

    /// Whether the agent is over.
    private func lookForEnding() -> Ending? {
        if let child { _ = try? Child.reap(child) }
        if let status = folder.exitStatus() { return .status(status) }
        if KeeperLock.isHeld(folder.lock) { return nil }
        guard let keeper = folder.keeperIdentity() else {
            return MonotonicTime.now() - startedAt > Self.reportTime ? .unknown : nil
        }
        if keeper.isAlive { return nil }
        // It may have written the status down between the two looks.
        if let status = folder.exitStatus() { return .status(status) }
        folder.endOrphans()
        return .unknown
    }

    /// Returns once the FIFO has the text, which survives this host from then on; what an agent does not read
    /// for too long waits here and is tried again with every look.
    func write(_ text: String) throws(AgentKeeperError) {
        if pending.count < Self.pendingLimitBytes { pending += Array(text.utf8) }
        var patience = GrowingPause(patience: Self.writeTime)
        flush()
        while !pending.isEmpty, lookForEnding() == nil, patience.pause() { flush() }
    }

    var hasTakenInput: Bool { pending.isEmpty }

    var volumeBytes: Int {
        [folder.output, folder.error].reduce(0) { $0 + Int(FileStatus.ifPresent($1)?.sizeBytes ?? 0) }
    }

    /// Writes what the FIFO takes without waiting. It is opened late, when the keeper reads it.
    private func flush() {
        guard !pending.isEmpty, !isOver else { return }
        if input == nil {
            input = try? FileDescriptor(opening: folder.fifo, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
        }
        guard let raw = raw(of: input) else { return }
        switch BrokenPipe.write(pending[...], to: raw) {
        case .success(let count): pending.removeFirst(count)
        case .failure(let error) where error.code == EAGAIN: return
        // The keeper and the agent are gone, and nobody has taken the words.
        case .failure: input = nil
        }
    }

    private func raw(of file: borrowing FileDescriptor?) -> Int32? {
        switch file {
        case .some(let open): open.raw
        case .none: nil
        }
    }

    func closeInput() {
        flush()
        input = nil
        signalKeeper(SIGUSR1)
    }

    func end() { signalKeeper(SIGTERM) }

    func errorTail(limit: Int) -> String { folder.errorTail(limit: limit) }

    /// Only a keeper that is proven to be this leg's is ever signalled.
    private func signalKeeper(_ signal: Int32) {
        if let keeper = folder.keeperIdentity(), keeper.isAlive {
            kill(keeper.pid, signal)
        } else if let child, !isOver {
            kill(child, signal)
        }
    }
}
