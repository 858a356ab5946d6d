/// What a parser refuses to take in.
package struct JSONLimits: Sendable {
    /// Arrays and objects inside one another. 128 fit a thread of 512 KB, the smallest stack there is by
    /// default (macOS), even unoptimized; optimized, 128 KB are enough.
    package var depth = 128
    /// The whole text. The tree of values is several times larger than the text.
    package var bytes = 64 << 20

    package init() {}

    package init(depth: Int, bytes: Int) {
        self.depth = depth
        self.bytes = bytes
    }
}

extension JSONValue {
    /// Parses a whole UTF-8 text, which must hold one value and nothing else but space.
    ///
    /// Strict as RFC 8259, with what it leaves open settled so: of members with one name the last counts;
    /// bytes that are not UTF-8 and lone surrogates become U+FFFD, because one bad byte in a title must not
    /// hide a list of issues; an integer beyond 64 bits becomes a double; a number beyond a double and a
    /// byte order mark are errors.
    package init(
        parsing bytes: some Collection<UInt8>, limits: JSONLimits = JSONLimits()
    ) throws(JSONError) {
        self = try JSONParser.run(on: bytes, limits: limits) { parser throws(JSONError) in
            try parser.parseWhole()
        }
    }

    package init(parsing text: String, limits: JSONLimits = JSONLimits()) throws(JSONError) {
        try self.init(parsing: text.utf8, limits: limits)
    }

    /// Parses the value that begins at `offset`, after space, and says where it ends: for JSON inside
    /// other text, which may go on in any way.
    ///
    /// - Precondition: 0 ≤ offset ≤ bytes.count
    /// - Returns: the value, and the offset of the first byte after it.
    package static func parsePrefix(
        of bytes: some Collection<UInt8>, from offset: Int = 0, limits: JSONLimits = JSONLimits()
    ) throws(JSONError) -> (value: JSONValue, end: Int) {
        precondition((0...bytes.count).contains(offset))
        return try JSONParser.run(on: bytes, limits: limits) { parser throws(JSONError) in
            parser.position = offset
            let value = try parser.parseValue()
            return (value, parser.position)
        }
    }
}
