import Platform

/// v0's notes on one task, which every attempt at it is given.
struct TaskNotes {
    let path: String

    /// Nobody reads more.
    private static let limitBytes = 1 << 20

    /// Adds a paragraph, unless it is there: a second try after a crash changes nothing.
    func add(_ text: String) throws {
        let known = try WholeFile.readIfPresent(path, limitBytes: Self.limitBytes) ?? []
        let paragraph = Array((text.hasSuffix("\n") ? text : text + "\n").utf8)
        guard !String(decoding: known, as: UTF8.self).contains(text) else { return }
        if let slash = path.lastIndex(of: "/") { try Directory.make(String(path[..<slash])) }
        try AtomicFile.write(known + paragraph, to: path)
    }
}
