/// The words with which the owner has a pull request merged: `merge,lgtm,ship it`.
package enum MergeCommand {
    /// Whether the comment is one of the commands and nothing else, in any case.
    ///
    /// - Parameter commands: commas between; empty: there is none.
    package static func matches(_ comment: String, commands: String) -> Bool {
        let words = comment.trimmed.lowercased()
        guard !words.isEmpty else { return false }
        return commands.split(separator: ",").contains { $0.trimmed.lowercased() == words }
    }
}
