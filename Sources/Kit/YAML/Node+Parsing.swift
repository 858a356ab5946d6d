extension Node {
    /// The value of a text that holds one document at most; null if it holds none.
    ///
    /// The syntax is YAML 1.2.2, the meaning of scalars that of its core schema: `yes` is a string, and
    /// `<<` a key like any other. Tags but those of the core schema and keys given twice are refused;
    /// see ``YAMLLimits`` for what is refused as too large.
    package static func parse(_ text: String) throws(YAMLError) -> Node {
        try parse(bytes: Array(text.utf8))
    }

    /// As ``parse(_:)``, from the bytes of a file, which need not be UTF-8.
    package static func parse(bytes: [UInt8]) throws(YAMLError) -> Node {
        let documents = try documents(bytes: bytes)
        if documents.count > 1 { throw YAMLError(.severalDocuments, at: documents[1].mark) }
        return documents.first ?? Node(.null, mark: Mark(line: 1, column: 1), text: "")
    }

    /// The values of all documents of a stream, in order; none if there are only comments.
    package static func documents(_ text: String) throws(YAMLError) -> [Node] {
        try documents(bytes: Array(text.utf8))
    }

    /// As ``documents(_:)``, from the bytes of a file, which need not be UTF-8.
    package static func documents(bytes: [UInt8]) throws(YAMLError) -> [Node] {
        let source = try Source(bytes)
        var parser = Parser(source)
        var nodes: [Node] = []
        for document in try parser.documents() {
            nodes.append(try Composer.compose(document, in: source))
        }
        return nodes
    }
}
