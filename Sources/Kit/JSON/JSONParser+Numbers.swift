extension JSONParser {
    /// Parses a number, RFC 8259 §6.
    mutating func parseNumber() throws(JSONError) -> JSONValue {
        let start = position
        let isNegative = bytes[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }
        let whole = try parseDigits(from: start)
        guard whole.count == 1 || bytes[whole.lowerBound] != UInt8(ascii: "0") else {
            throw error(.invalidNumber, at: start)
        }
        var fraction = position..<position
        if skip(UInt8(ascii: ".")) { fraction = try parseDigits(from: start) }
        let hasExponent = skip(UInt8(ascii: "e")) || skip(UInt8(ascii: "E"))
        if hasExponent {
            if !skip(UInt8(ascii: "+")) { _ = skip(UInt8(ascii: "-")) }
            _ = try parseDigits(from: start)
        }
        if fraction.isEmpty && !hasExponent, let integer = integer(whole, isNegative: isNegative) {
            return .int(integer)
        }
        return .double(try double(from: start))
    }

    private mutating func parseDigits(from start: Int) throws(JSONError) -> Range<Int> {
        let first = position
        while position < bytes.count, isDigit(bytes[position]) { position += 1 }
        guard position > first else {
            // At the end of the text, more of it might have made a number.
            throw position < bytes.count ? error(.invalidNumber, at: start) : error(.unexpectedEnd)
        }
        return first..<position
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    /// nil beyond 64 bits. Counts downwards, because the smallest integer has no positive counterpart.
    private func integer(_ digits: Range<Int>, isNegative: Bool) -> Int64? {
        var value: Int64 = 0
        for position in digits {
            let (shifted, overflows) = value.multipliedReportingOverflow(by: 10)
            let digit = Int64(bytes[position] - UInt8(ascii: "0"))
            let (next, overflowsToo) = shifted.subtractingReportingOverflow(digit)
            guard !overflows, !overflowsToo else { return nil }
            value = next
        }
        if isNegative { return value }
        return value == .min ? nil : -value
    }

    private func double(from start: Int) throws(JSONError) -> Double {
        let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<position]), as: UTF8.self)
        // The standard library's parser rounds correctly, knows no locale, and gives infinity for overflow.
        guard let value = Double(text), value.isFinite else { throw error(.numberOutOfRange, at: start) }
        return value
    }
}
