package import OrchCore
import Platform

/// Attempts, logs and v0's files below the projects' state folders, and sessions.
package struct DiskStoreroom: Storeroom {
    private let stateFolder: (Project) -> String
    private let hostsFolder: String
    private let sessions: (Project) -> any Sessions

    /// - Parameters:
    ///   - stateFolder: a project's `$STATE_DIR`.
    ///   - hostsFolder: where sessions without tmux have their logs.
    package init(
        stateFolder: @escaping (Project) -> String, hostsFolder: String,
        sessions: @escaping (Project) -> any Sessions
    ) {
        self.stateFolder = stateFolder
        self.hostsFolder = hostsFolder
        self.sessions = sessions
    }

    /// What cannot be listed is left alone.
    package func old(of project: Project, before: Timestamp, live: [Run]) -> [OldThing] {
        let folder = stateFolder(project)
        let state = names(in: folder).filter { isOlder("\(folder)/\($0)", than: before) }
        return attempts(below: "\(folder)/attempts", before: before, live: live)
            + state.filter { $0.hasSuffix(".log") }.map { OldThing(.log, "\(folder)/\($0)") }
            + state.filter(Self.isLeftByV0).map { OldThing(.file, "\(folder)/\($0)") }
            + logs(of: project, before: before) + stale(of: project, live: live)
    }

    package func remove(_ thing: OldThing, of project: Project) throws {
        switch thing.kind {
        case .attempt, .log, .file: try Directory.remove(thing.name)
        case .session: try sessions(project).end(thing.name)
        }
    }

    /// Whether a task of exactly this project has such a session: `orch-demo-two-7` is one of `demo-two`, and
    /// none of `demo`.
    static func isSession(_ name: String, of project: String) -> Bool {
        let prefix = "orch-\(project)-"
        guard name.hasPrefix(prefix) else { return false }
        let id = name.dropFirst(prefix.count)
        let digits = id.first == "i" ? id.dropFirst() : id
        return !digits.isEmpty
            && digits.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// `attempts/INSTANCE/RUN`; those of another store's runs too, which nobody else remembers.
    private func attempts(below root: String, before: Timestamp, live: [Run]) -> [OldThing] {
        let busy = Set(live.map(\.directory))
        return names(in: root).flatMap { instance in
            names(in: "\(root)/\(instance)").map { "\(root)/\(instance)/\($0)" }
        }.filter { path in
            Int(path.split(separator: "/").last ?? "") != nil && !busy.contains(path)
                && isOlder(path, than: before) && isOlder("\(path)/events.ndjson", than: before)
        }.map { OldThing(.attempt, $0) }
    }

    private func logs(of project: Project, before: Timestamp) -> [OldThing] {
        names(in: hostsFolder).filter { name in
            name.hasSuffix(".log") && Self.isSession(String(name.dropLast(4)), of: project.name)
                && isOlder("\(hostsFolder)/\(name)", than: before)
        }.map { OldThing(.log, "\(hostsFolder)/\($0)") }
    }

    /// Sessions of the project in which no run is live.
    private func stale(of project: Project, live: [Run]) -> [OldThing] {
        let busy = Set(live.map { project.sessionName(for: $0.task) } + live.compactMap(\.session))
        // Without a server, or a program, there are none.
        let all = (try? sessions(project).live()) ?? []
        return all.filter { Self.isSession($0, of: project.name) && !busy.contains($0) }
            .map { OldThing(.session, $0) }
    }

    /// `7-prompt-1.txt`, `7-tools-2.json`, `7-runner-1.sh`, `stream-7.jsonl`, `output-7.json`: what v0 leaves
    /// of every attempt.
    static func isLeftByV0(_ name: String) -> Bool {
        if name.hasPrefix("stream-"), name.hasSuffix(".jsonl") { return true }
        if name.hasPrefix("output-"), name.hasSuffix(".json") { return true }
        let kinds = [
            "prompt", "sys-prompt", "message", "response", "tools", "tool-args", "stderr", "runner",
            "tmux-status", "tmux-response", "codex-input", "opencode-input", "history",
        ]
        let stem = name.split(separator: ".").first ?? ""
        let parts = stem.split(separator: "-")
        guard parts.count >= 3, Int(parts.last ?? "") != nil else { return false }
        return kinds.contains { kind in
            let words = kind.split(separator: "-")
            return parts.dropLast().suffix(words.count).elementsEqual(words) && parts.count > words.count + 1
        }
    }

    private func names(in folder: String) -> [String] { (try? Directory.names(in: folder)) ?? [] }

    /// Also where there is nothing at that path.
    private func isOlder(_ path: String, than moment: Timestamp) -> Bool {
        FileStatus.ifPresent(path, followingLinks: false).map { $0.modifiedSeconds < Int64(moment.seconds) }
            ?? true
    }
}
