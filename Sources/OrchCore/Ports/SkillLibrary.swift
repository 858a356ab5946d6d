/// The repositories of skills on this machine.
package protocol SkillLibrary {
    /// How a repository stands, told without any network.
    func state(of source: SkillSource) throws(RepositoryError) -> SkillState
    /// Clones it, or brings it to its pin, else to the newest commit; local changes stay, and fail it.
    /// - Returns: the commit it is at now, shortened.
    func update(_ source: SkillSource) throws(RepositoryError) -> String
}

package enum SkillState: Equatable, Sendable {
    case missing
    /// At its pin: nothing to do.
    case pinned
    /// It has a pin, and is not there.
    case elsewhere
    /// It has none: only its remote knows whether there is something newer.
    case following
}
