extension ZoneRules {
    /// Reads a zone file, TZif: RFC 9636 §3. Nil when it is not one, or inconsistent.
    ///
    /// Since version 2 a file holds everything twice: first with 32-bit times for old readers, which is
    /// skipped, then with 64-bit times, followed by the rule for the time after the last change.
    init?(name: String, zoneFile bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        guard let first = Header(&reader) else { return nil }
        var header = first
        var timeBytes = 4
        if first.version >= UInt8(ascii: "2") {
            guard reader.take(first.dataBytes(timeBytes: 4)) != nil, let second = Header(&reader) else {
                return nil
            }
            (header, timeBytes) = (second, 8)
        }
        guard let block = Block(&reader, header, timeBytes: timeBytes), let initial = block.types.first else {
            return nil
        }
        let rule = timeBytes == 8 ? ZoneRules.footer(&reader) : nil
        self.init(
            name: name, changes: block.changes, offsets: block.indices.map { block.types[$0] },
            initial: initial,
            rule: rule)
    }

    /// The rule between two newlines at the end; nil when it is empty.
    private static func footer(_ reader: inout ByteReader) -> PosixZoneRule? {
        guard reader.number(bytes: 1) == 10 else { return nil }
        return PosixZoneRule(String(decoding: reader.rest.prefix { $0 != 10 }, as: UTF8.self))
    }
}

/// RFC 9636 §3.1: the magic number, the version and six counts.
private struct Header {
    let version: UInt8
    let utcMarks: Int
    let standardMarks: Int
    let leapSeconds: Int
    let changes: Int
    let types: Int
    let nameBytes: Int

    init?(_ reader: inout ByteReader) {
        guard reader.take(4).map({ $0.elementsEqual("TZif".utf8) }) == true,
            let version = reader.take(1)?.first, reader.take(15) != nil
        else { return nil }
        self.version = version
        let counts = (0..<6).compactMap { _ in reader.number(bytes: 4) }
        // A negative count, or one that the file cannot hold, makes it invalid.
        guard counts.count == 6, counts.allSatisfy({ (0...reader.size).contains($0) }), counts[4] > 0 else {
            return nil
        }
        (utcMarks, standardMarks, leapSeconds) = (counts[0], counts[1], counts[2])
        (changes, types, nameBytes) = (counts[3], counts[4], counts[5])
    }

    /// RFC 9636 §3.2.
    func dataBytes(timeBytes: Int) -> Int {
        changes * (timeBytes + 1) + types * 6 + nameBytes + leapSeconds * (timeBytes + 4) + standardMarks
            + utcMarks
    }
}

/// RFC 9636 §3.2: changes, the type of time from each on, the types, their abbreviations.
private struct Block {
    let changes: [Int64]
    let indices: [Int]
    let types: [ZoneRules.Offset]

    init?(_ reader: inout ByteReader, _ header: Header, timeBytes: Int) {
        changes = (0..<header.changes).compactMap { _ in reader.number(bytes: timeBytes).map(Int64.init) }
        indices = (0..<header.changes).compactMap { _ in reader.take(1)?.first.map(Int.init) }
        let records = (0..<header.types).compactMap { _ in Block.type(&reader) }
        guard let names = reader.take(header.nameBytes),
            // Leap seconds are not counted by unix time; the marks only concern rules written in the old
            // form.
            reader.take(header.leapSeconds * (timeBytes + 4) + header.standardMarks + header.utcMarks) != nil,
            changes.count == header.changes, indices.count == header.changes, records.count == header.types,
            indices.allSatisfy({ $0 < header.types }), records.allSatisfy({ $0.name < names.count }),
            zip(changes, changes.dropFirst()).allSatisfy(<)
        else { return nil }
        types = records.map { record in
            let name = names.dropFirst(record.name).prefix { $0 != 0 }
            return ZoneRules.Offset(
                seconds: record.seconds, isDaylightSaving: record.isDaylightSaving,
                abbreviation: String(decoding: name, as: UTF8.self))
        }
    }

    private static func type(
        _ reader: inout ByteReader
    ) -> (seconds: Int, isDaylightSaving: Bool, name: Int)? {
        guard let seconds = reader.number(bytes: 4), let flags = reader.take(2) else { return nil }
        return (seconds, flags[flags.startIndex] != 0, Int(flags[flags.startIndex + 1]))
    }
}

/// Reads forward through bytes and never past their end.
private struct ByteReader {
    private(set) var rest: ArraySlice<UInt8>
    let size: Int

    init(_ bytes: [UInt8]) {
        rest = bytes[...]
        size = bytes.count
    }

    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    /// A signed number, most significant byte first.
    mutating func number(bytes count: Int) -> Int? {
        guard let bytes = take(count) else { return nil }
        let negative = (bytes.first ?? 0) >= 0x80
        return bytes.reduce(negative ? -1 : 0) { $0 << 8 | Int($1) }
    }
}
