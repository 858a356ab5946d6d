/// An error that a person may see: what is wrong, with the values, and what to do next.
package protocol Explained: Error {
    /// One sentence without a full stop: what is wrong, with the place and the value.
    var problem: String { get }
    /// What to do about it; may be typed as it stands where it is in backticks.
    var fix: String { get }
}
