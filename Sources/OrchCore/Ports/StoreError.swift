/// Why the store could not do what it was asked; the words are in `problem` and `fix`.
package enum StoreError: Error, Equatable, Sendable {
    /// Another process held the database longer than the busy time-out.
    case busy
    case full
    case readOnly(path: String)
    case corrupt(path: String, detail: String)
    /// A database, and not orch's.
    case foreign(path: String)
    /// Written by a newer orch.
    case newer(found: Int, known: Int)
    /// The run is over, or another host has it: whoever gets this stops at once and touches nothing more.
    case fenced(run: Int)
    case failed(detail: String)
}

extension StoreError: Explained {
    package var problem: String {
        switch self {
        case .busy: "the database is held by another process"
        case .full: "no space left for the database"
        case .readOnly(let path): "the database \(path) cannot be written"
        case .corrupt(let path, let detail): "the database \(path) is damaged: \(detail)"
        case .foreign(let path): "\(path) is another program's database"
        case .newer(let found, let known): "the database has version \(found), this orch knows \(known)"
        case .fenced(let run): "run \(run) is not this process's any more"
        case .failed(let detail): "the database refused: \(detail)"
        }
    }

    package var fix: String {
        switch self {
        case .busy: "run it again; what a timer starts tries again by itself"
        case .full: "free some space; nothing was lost"
        case .readOnly: "give this user write access to the file and its folder"
        case .corrupt(let path, _): Self.rescue(path)
        case .foreign(let path):
            "move \(path) to where it belongs, or set ORCH_HOME to a folder of orch's own"
        case .newer: "install the newer orch again, or start with another ORCH_HOME"
        case .fenced: "nothing to do: its new host goes on"
        case .failed: "see that the disk is in order and that ORCH_HOME is a folder; then run it again"
        }
    }

    /// The newest rows may be in the log beside the file only, and the next start would begin that anew: so
    /// all files move together. `.dump` and not `.recover`, which Debian's sqlite3 does not have; a dump that
    /// met damage ends with a rollback, which would take back what it has saved.
    private static func rescue(_ path: String) -> String {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        return
            "`cd \(folder) && mkdir damaged && mv orch.db* damaged/` keeps all of it; issues are read anew. "
            + "`sqlite3 damaged/orch.db .dump | sed 's/^ROLLBACK/COMMIT/' | sqlite3 saved.db` saves what can be "
            + "read: `sqlite3 saved.db 'SELECT id, title, status FROM tasks'` shows the tasks"
    }
}
