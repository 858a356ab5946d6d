/// What one input may cost. A configuration file comes nowhere near; what exceeds a limit is
/// refused with an error, before the cost is paid.
package enum YAMLLimits {
    /// Bytes of source text: a hundred times the largest configuration we have seen.
    package static let inputBytes = 4 << 20
    /// Levels of nesting, the scalar’s own and those reached through aliases included. The reader
    /// recurses, by up to 13 KiB a level without optimization and 4 with: this many levels fit the
    /// 512 KiB of stack that a thread has on macOS.
    package static let depth = 32
    /// Nodes written in one stream, keys and empty values included.
    package static let nodes = 250_000
    /// Nodes of one document once each alias is replaced by what it stands for. This is what stops
    /// the “billion laughs” file, in which nine lines stand for 10⁹ nodes.
    package static let expandedNodes = 500_000
}
