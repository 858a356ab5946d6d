/// v0's JSON file beside each task (`$STATE_DIR/tasks/<id>.json`): same path, keys and values, so that v0's
/// scripts and orch can read each other.
package protocol Sidecars {
    /// The file's values as text; empty where there is none. A torn file is kept aside and counts as none.
    func read(_ key: TaskKey) throws(SidecarError) -> [String: String]

    /// Sets these keys and leaves every other one as it is; nil writes `null`. Atomic.
    func merge(_ values: [String: SidecarValue], into key: TaskKey) throws(SidecarError)
}

/// What v0 puts into a sidecar: text, also for numbers and flags; lists for what an
/// answer lists; null to clear.
package enum SidecarValue: Equatable, Sendable {
    case text(String)
    case list([String])
    case null
}

/// One of v0's files, a sidecar or a list of its own, that cannot be read or written.
package struct SidecarError: Error, Equatable, Sendable, Explained {
    package let path: String
    package let detail: String

    package init(path: String, detail: String) {
        self.path = path
        self.detail = detail
    }

    package var problem: String { "v0's file \(path) cannot be used: \(detail)" }
    package var fix: String { "check the permissions and the free space there" }
}
