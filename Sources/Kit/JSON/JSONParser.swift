/// A recursive descent over UTF-8 bytes.
struct JSONParser {
    let bytes: UnsafeBufferPointer<UInt8>
    let limits: JSONLimits
    var position = 0
    private var depth = 0
    /// What a string with escapes is put together in; kept, so that it is made once.
    var scratch: [UInt8] = []

    private init(_ bytes: UnsafeBufferPointer<UInt8>, _ limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    static func run<Output>(
        on bytes: some Collection<UInt8>, limits: JSONLimits,
        _ body: (inout JSONParser) throws(JSONError) -> Output
    ) throws(JSONError) -> Output {
        func attempt(_ buffer: UnsafeBufferPointer<UInt8>) -> Result<Output, JSONError> {
            Result { () throws(JSONError) in
                var parser = JSONParser(buffer, limits)
                guard buffer.count <= limits.bytes else {
                    throw parser.error(.tooLarge(limitBytes: limits.bytes), at: 0)
                }
                return try body(&parser)
            }
        }
        let outcome =
            bytes.withContiguousStorageIfAvailable(attempt) ?? Array(bytes).withUnsafeBufferPointer(attempt)
        return try outcome.get()
    }

    mutating func parseWhole() throws(JSONError) -> JSONValue {
        let value = try parseValue()
        skipSpace()
        guard position == bytes.count else { throw error(.trailingText) }
        return value
    }

    mutating func parseValue() throws(JSONError) -> JSONValue {
        skipSpace()
        switch try peek() {
        case UInt8(ascii: "\""): return .string(try parseString())
        case UInt8(ascii: "{"):
            return .object(try nested { parser throws(JSONError) in try parser.parseObject() })
        case UInt8(ascii: "["):
            return .array(try nested { parser throws(JSONError) in try parser.parseArray() })
        case UInt8(ascii: "t"): return try parseWord("true", .bool(true))
        case UInt8(ascii: "f"): return try parseWord("false", .bool(false))
        case UInt8(ascii: "n"): return try parseWord("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try parseNumber()
        case let byte: throw error(.unexpectedByte(byte))
        }
    }

    private mutating func parseArray() throws(JSONError) -> [JSONValue] {
        var elements: [JSONValue] = []
        guard try !closes(UInt8(ascii: "]")) else { return elements }
        repeat { elements.append(try parseValue()) } while try continues(until: UInt8(ascii: "]"))
        return elements
    }

    private mutating func parseObject() throws(JSONError) -> JSONObject {
        var members = JSONObject()
        guard try !closes(UInt8(ascii: "}")) else { return members }
        repeat {
            skipSpace()
            try expect(UInt8(ascii: "\""), consume: false)
            let name = try parseString()
            skipSpace()
            try expect(UInt8(ascii: ":"), consume: true)
            members[name] = try parseValue()
        } while try continues(until: UInt8(ascii: "}"))
        return members
    }

    private mutating func parseWord(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        for index in 0..<word.utf8CodeUnitCount {
            try expect(word.utf8Start[index], consume: true)
        }
        return value
    }
}

// MARK: - Bytes

extension JSONParser {
    func error(_ reason: JSONError.Reason, at offset: Int? = nil) -> JSONError {
        JSONError(reason, at: offset ?? position, of: bytes)
    }

    func peek() throws(JSONError) -> UInt8 {
        guard position < bytes.count else { throw error(.unexpectedEnd) }
        return bytes[position]
    }

    private mutating func expect(_ byte: UInt8, consume: Bool) throws(JSONError) {
        let found = try peek()
        guard found == byte else { throw error(.unexpectedByte(found)) }
        if consume { position += 1 }
    }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    /// Steps over an opening bracket for the body, and counts the depth.
    private mutating func nested<Content>(
        _ body: (inout JSONParser) throws(JSONError) -> Content
    ) throws(JSONError) -> Content {
        guard depth < limits.depth else { throw error(.tooDeep(limit: limits.depth)) }
        position += 1
        depth += 1
        defer { depth -= 1 }
        return try body(&self)
    }

    /// Steps over the closing bracket of what is empty.
    private mutating func closes(_ bracket: UInt8) throws(JSONError) -> Bool {
        skipSpace()
        guard try peek() == bracket else { return false }
        position += 1
        return true
    }

    /// Steps over a comma, or over the closing bracket, which ends the list.
    private mutating func continues(until bracket: UInt8) throws(JSONError) -> Bool {
        skipSpace()
        let byte = try peek()
        guard byte == UInt8(ascii: ",") || byte == bracket else { throw error(.unexpectedByte(byte)) }
        position += 1
        return byte != bracket
    }
}
