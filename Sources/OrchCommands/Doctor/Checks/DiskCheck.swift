import OrchAdapters
import OrchCore
import Platform

/// Room for the store, transcripts and worktrees.
struct DiskCheck: DoctorCheck {
    static let name = "disk"

    /// SQLite and git stop in the middle of things below that.
    static let neededBytes: Int64 = 200 << 20
    /// A worktree or two with what is built in it.
    static let comfortableBytes: Int64 = 2 << 30

    let folders: [String]
    var freeBytes: (String) throws -> Int64 = { try DiskSpace.freeBytes(at: $0) }

    init(facts: DoctorFacts) { folders = [facts.home.home] + facts.projects.map(\.directory) }

    init(folders: [String], freeBytes: @escaping (String) throws -> Int64) {
        self.folders = folders
        self.freeBytes = freeBytes
    }

    func findings() -> [Finding] {
        var seen: Set<UInt64> = []
        // One finding a file system.
        return folders.filter { folder in
            FileStatus.ifPresent(folder).map { seen.insert($0.device).inserted } ?? false
        }.map(finding)
    }

    private func finding(_ folder: String) -> Finding {
        do {
            let free = try freeBytes(folder)
            let text = "\(free >> 20) MB free at \(folder)"
            if free < Self.neededBytes {
                return .problem(Self.name, text, fix: "free some space; nothing can be stored")
            }
            if free < Self.comfortableBytes {
                return .warning(Self.name, text, fix: "free some space for worktrees")
            }
            return .ok(Self.name, text)
        } catch {
            return .problem(Self.name, error)
        }
    }
}
