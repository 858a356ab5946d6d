import OrchAdapters
import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Who may look into orch's home: prompts, transcripts and task texts are there.
struct HomeCheck: DoctorCheck {
    static let name = "home"

    private let home: String
    private let database: String

    init(facts: DoctorFacts) { self.init(home: facts.home.home, database: facts.home.database) }

    init(home: String, database: String) {
        self.home = home
        self.database = database
    }

    func findings() -> [Finding] {
        guard let status = FileStatus.ifPresent(home) else {
            return [
                .warning(
                    Self.name, "\(home) does not exist yet", fix: "`orch init` in a git repository makes it")
            ]
        }
        guard status.kind == .directory else {
            return [
                .problem(
                    Self.name, "\(home) is no folder", fix: "move it aside, or set ORCH_HOME to a folder")
            ]
        }
        let found = [trouble(status, path: home, wanted: 0o700), fileTrouble(database)].compactMap { $0 }
        return found.isEmpty ? [.ok(Self.name, home)] : found
    }

    private func fileTrouble(_ path: String) -> Finding? {
        FileStatus.ifPresent(path).flatMap { trouble($0, path: path, wanted: 0o600) }
    }

    private func trouble(_ status: FileStatus, path: String, wanted: UInt16) -> Finding? {
        guard status.ownerID == geteuid() else {
            return .problem(
                Self.name, "\(path) belongs to another user (\(status.ownerID))",
                fix: "run orch as that user, or give ORCH_HOME a folder of your own")
        }
        let mode = String(wanted, radix: 8)
        if status.permissions & 0o022 != 0 {
            return .problem(Self.name, "others may write to \(path)", fix: "`chmod \(mode) \(path)`")
        }
        if status.permissions & 0o055 != 0 {
            return .warning(Self.name, "others may read \(path)", fix: "`chmod \(mode) \(path)`")
        }
        return nil
    }
}
