package import JSON

/// What `gh api -i` printed: the status, the headers, and the body read as JSON.
package struct GitHubResponse: Equatable, Sendable {
    package let status: Int
    /// By name in lower case; of a repeated header the last.
    package let headers: [String: String]
    /// nil where the body is empty or no JSON.
    package let json: JSONValue?
    /// The body as it came, where it is no JSON: a log.
    package private(set) var text = ""

    package init(status: Int, headers: [String: String] = [:], json: JSONValue? = nil) {
        self.status = status
        self.headers = headers
        self.json = json
    }

    /// Reads the output of `gh api -i`, lines ended by CR LF or LF alike.
    ///
    /// Where there are several blocks of headers (an interim answer, a redirection) the last one counts; no
    /// JSON body begins as a status line does.
    /// - Returns: nil where it does not begin with a status line: no answer came.
    package init?(parsing output: [UInt8]) {
        var lines = HeaderLines(output)
        guard var status = lines.next().flatMap(Self.status) else { return nil }
        var headers: [String: String] = [:]
        while let line = lines.next() {
            if !line.isEmpty {
                Self.add(line, to: &headers)
            } else if let next = lines.peek().flatMap(Self.status) {
                _ = lines.next()
                (status, headers) = (next, [:])
            } else {
                break
            }
        }
        // A body that is no JSON is a log, or a proxy's page: then the status tells.
        let json = try? JSONValue(parsing: lines.rest)
        self.init(status: status, headers: headers, json: json)
        if json == nil { text = String(decoding: lines.rest, as: UTF8.self) }
    }

    /// `HTTP/1.1 200 OK`, `HTTP/2.0 304 Not Modified`, `HTTP/2 200`: RFC 9112 §4.
    private static func status(_ line: Substring.UTF8View) -> Int? {
        let words = Substring(line).split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard words.count >= 2, words[0].hasPrefix("HTTP/"), words[1].utf8.count == 3 else { return nil }
        return Int(words[1]).flatMap { (100...599).contains($0) ? $0 : nil }
    }

    private static func add(_ line: Substring.UTF8View, to headers: inout [String: String]) {
        let parts = Substring(line).split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return }
        headers[parts[0].lowercased()] = String(parts[1].drop { $0 == " " })
    }
}

/// The lines before the body, one by one, and then the body.
private struct HeaderLines {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var rest: ArraySlice<UInt8> { bytes[position...] }

    /// The next line without its end; nil where none is complete.
    mutating func next() -> Substring.UTF8View? {
        guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        defer { position = end + 1 }
        var line = bytes[position..<end]
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        return Substring(decoding: line, as: UTF8.self).utf8
    }

    /// Longer than any status line: a body may be one line of megabytes.
    private static let longestStatusLineBytes = 200

    /// The line that `next` would give, where it may be a status line.
    func peek() -> Substring.UTF8View? {
        guard rest.starts(with: "HTTP/".utf8) else { return nil }
        var copy = HeaderLines(Array(rest.prefix(Self.longestStatusLineBytes)))
        return copy.next()
    }
}
