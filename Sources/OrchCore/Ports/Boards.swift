/// Boards on a forge, on which issues are moved along.
package protocol Boards {
    /// The status field with its columns, remembered for a while; nil where there is no such board or field.
    func field(of board: String) throws(TrackerError) -> BoardField?
    /// Puts an issue on the board, or finds it there.
    /// - Returns: the card's id.
    func place(_ issue: String, on board: String) throws(TrackerError) -> String
    func move(_ card: String, on board: String, field: String, to option: String) throws(TrackerError)
}
