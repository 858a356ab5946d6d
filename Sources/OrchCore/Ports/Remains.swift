/// What a finished task has left in its repository.
package enum Remains: Equatable, Sendable {
    /// Neither a folder nor a branch.
    case nothing
    /// All of it is somewhere else too: it may go.
    case proven(Leftovers)
    /// It may be the only copy of work; the reason in a few words.
    case unproven(String)

    package struct Leftovers: Equatable, Sendable {
        /// The folder, where there is one.
        package var worktree: String?
        /// git knows the folder as a worktree; else it is an empty one.
        package var isWorktree = false
        package var branch: String?
        /// The branch's commit; nil: the branch leads nowhere.
        package var commit: String?

        package init() {}
    }
}
