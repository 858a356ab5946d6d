/// The words with which the owner has a pull request merged: `merge,lgtm,ship it`.
package enum MergeCommand {
    /// Whether the comment is one of the commands and nothing else, in any case.
    ///
    /// - Parameter commands: commas between; empty: there is none.
    package static func matches(_ comment: String, commands: String) -> Bool {
        let words = trimmed(comment[...]).lowercased()
        guard !words.isEmpty else { return false }
        return commands.split(separator: ",").contains { trimmed($0).lowercased() == words }
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
