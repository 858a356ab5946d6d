/// A place in a source text, as editors count: both numbers from 1, columns in Unicode scalars.
///
/// A node built in code has no place and carries ``unwritten``.
package struct Mark: Hashable, Sendable {
    package let line: Int
    package let column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// The mark of what was built in code and stands in no file: line 0, column 0.
    package static let unwritten = Mark(line: 0, column: 0)
}

extension Mark: CustomStringConvertible {
    /// `line:column`, as compilers print it.
    package var description: String { "\(line):\(column)" }
}
