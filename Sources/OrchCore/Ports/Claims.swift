/// v0's lock directories (`$LOCK_PATH.task.<id>` holding a `pid` file): honoured and made while v0
/// may be running beside orch.
package protocol Claims {
    /// Takes the lock in this process's name, or in that of `owner`.
    /// - Returns: false where a live process holds it.
    func take(_ key: TaskKey, owner: Int32) throws(ClaimError) -> Bool
    /// Gives it back; nothing happens where it is not held by `owner`.
    func release(_ key: TaskKey, owner: Int32) throws(ClaimError)
    /// Who holds the lock; nil where nobody does.
    func holder(of key: TaskKey) -> ClaimHolder?
}

package enum ClaimHolder: Equatable, Sendable {
    /// A live process, by its pid.
    case process(Int32)
    /// Somebody who has made the lock just now, and not signed it yet.
    case unsigned
}

package struct ClaimError: Error, Equatable, Sendable, Explained {
    package let path: String
    package let detail: String

    package init(path: String, detail: String) {
        self.path = path
        self.detail = detail
    }

    package var problem: String { "the lock \(path) cannot be made: \(detail)" }
    package var fix: String { "check the permissions and the free space there" }
}
