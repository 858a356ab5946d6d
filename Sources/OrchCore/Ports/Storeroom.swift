/// What runs leave on this machine beside rows and worktrees: attempts, logs, sessions.
package protocol Storeroom {
    /// What nobody has touched since then.
    ///
    /// - Parameter live: runs of any project that are not over, whose things stay whatever their age.
    func old(of project: Project, before: Timestamp, live: [Run]) -> [OldThing]
    /// Removes one; nothing happens where it is gone.
    func remove(_ thing: OldThing, of project: Project) throws
}

package struct OldThing: Equatable, Sendable {
    package enum Kind: String, Sendable {
        case attempt
        case log
        /// A prompt, an answer or the like of v0's.
        case file
        case session
    }

    package let kind: Kind
    /// A path, or a session's name.
    package let name: String

    package init(_ kind: Kind, _ name: String) {
        self.kind = kind
        self.name = name
    }
}
