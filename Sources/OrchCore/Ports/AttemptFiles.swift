/// The files of one attempt, in its own folder, which no other run ever uses.
package protocol AttemptFiles {
    /// Replaces a file of the attempt's folder as a whole.
    func write(_ text: String, to name: String) throws(AttemptFileError)
    /// Adds one line to a log in the attempt's folder.
    ///
    /// - Returns: the length of the log in bytes.
    @discardableResult
    func append(line: String, to name: String) throws(AttemptFileError) -> Int
    /// The last whole lines of a log; empty where there are none.
    ///
    /// - Throws: also where not even one line is short enough to be read.
    func lastLines(of name: String) throws(AttemptFileError) -> [String]
    /// Any file by its absolute path, as text; nil where there is none.
    ///
    /// - Throws: `tooLarge` where it has more than `limit` bytes.
    func read(path: String, limit: Int) throws(AttemptFileError) -> String?
    /// Removes one file by its absolute path; nothing happens where there is none.
    func remove(path: String) throws(AttemptFileError)
    /// Makes a folder with all its parents.
    func makeDirectory(_ path: String) throws(AttemptFileError)
}

package enum AttemptFileError: Error, Equatable, Sendable {
    case failed(path: String, detail: String)
    case tooLarge(path: String, bytes: Int, limit: Int)

    package init(path: String, detail: String) { self = .failed(path: path, detail: detail) }
}

extension AttemptFileError: Explained {
    package var problem: String {
        switch self {
        case .failed(let path, let detail): "\(path): \(detail)"
        case .tooLarge(let path, let bytes, let limit):
            "\(path) has \(bytes) bytes; at most \(limit) are read"
        }
    }

    package var fix: String {
        switch self {
        case .failed: "check the permissions and the free space there"
        case .tooLarge: "see what fills it; `orch task retry ID` starts with a fresh one"
        }
    }
}
