/// One document of a stream.
struct Document: Sendable {
    let root: Syntax
    /// Just past its `---`; `nil` if it has none.
    let markerEnd: Int?
}

extension Parser {
    /// Every document of the stream (§9.2); none if there are only comments.
    mutating func documents() throws(YAMLError) -> [Document] {
        var documents: [Document] = []
        while true {
            try skipToContent()
            let hasDirectives = try directives()
            if isAtMarker(.dash) {
                position += 3
                let markerEnd = position
                documents.append(Document(root: try root(), markerEnd: markerEnd))
            } else if hasDirectives {
                throw error(.missingDocumentStart)
            } else if isAtEnd {
                return documents
            } else if !isAtMarker(.dot) {
                documents.append(Document(root: try root(), markerEnd: nil))
            }
            try documentEnd()
        }
    }

    private mutating func root() throws(YAMLError) -> Syntax {
        let root = try blockNode(
            BlockContext(parent: -1, allowsInlineCollection: false, allowsSameColumn: false))
        try skipToContent()
        return root
    }

    /// After a document stand the end of the stream, `---`, or any number of `...`.
    private mutating func documentEnd() throws(YAMLError) {
        guard !isAtEnd, !isAtMarker(.dash) else { return }
        guard isAtMarker(.dot) else { throw error(.unexpectedText) }
        while isAtMarker(.dot) {
            position += 3
            try expectLineEnd()
            try skipToContent()
        }
    }

    /// Reads the lines that start with `%` (§6.8); unknown ones are skipped, as §6.8 asks.
    private mutating func directives() throws(YAMLError) -> Bool {
        var hasVersion = false
        var isAny = false
        while position == line.start, current == .percent {
            isAny = true
            let start = position
            skipToLineEnd()
            let words = source.bytes[start..<position].split { $0.isBlank }
                .map { String(decoding: $0, as: UTF8.self) }
            switch words.first {
            case "%YAML":
                guard !hasVersion else { throw error(.repeatedDirective, at: start) }
                hasVersion = true
                try checkVersion(words, at: start)
            case "%TAG": throw error(.tagDirective, at: start)
            default: break
            }
            try skipToContent()
        }
        return isAny
    }

    /// Any 1.x is read as 1.2.
    private func checkVersion(_ words: [String], at start: Int) throws(YAMLError) {
        let version = words.count > 1 ? words[1] : ""
        let isComplete = words.count <= 2 || words[2].utf8.first == .hash
        let minor = version.utf8.dropFirst(2)
        guard isComplete, version.utf8.starts(with: "1.".utf8), !minor.isEmpty,
            minor.allSatisfy({ $0.isDigit })
        else { throw error(.unsupportedVersion(words.dropFirst().joined(separator: " ")), at: start) }
    }
}
