/// What names one task everywhere: its project, its backend and its id there. Never a bare number, because
/// two projects may well both have an issue 7.
///
/// A job is named likewise, and a pull request that is reviewed, so that their runs are runs like all others.
package struct TaskKey: Hashable, Comparable, Sendable {
    package let project: Project.ID
    package let backend: Backend
    /// The backend's own id: an issue number (`42`), `i` and a number for an internal task (`i7`), or a job's
    /// name.
    package let id: String

    package init(project: Project.ID, backend: Backend, id: String) {
        self.project = project
        self.backend = backend
        self.id = id
    }

    /// Where a task lives.
    package enum Backend: String, CaseIterable, Sendable {
        case github
        case `internal`
        /// Nowhere: what runs is a job's command, and there is no task.
        case job
        /// Nowhere: what runs is the review of a pull request, which the id is the number of.
        case pull

        /// Whether it is one of those where tasks live.
        package var hasTasks: Bool { self == .github || self == .internal }
    }

    /// By project, then external before internal, then by number: the order in which tasks are taken.
    package static func < (left: TaskKey, right: TaskKey) -> Bool {
        if left.project != right.project { return left.project.rawValue < right.project.rawValue }
        if left.backend != right.backend { return left.backend.rawValue < right.backend.rawValue }
        if left.number != right.number { return left.number < right.number }
        return left.id < right.id
    }

    /// The digits of the id as a number; 0 where there are none.
    package var number: Int {
        var value = 0
        for byte in id.utf8 where byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") {
            value = value &* 10 &+ Int(byte - UInt8(ascii: "0"))
        }
        return value
    }
}
