/// The sequences of ECMA-48 by which text steers a terminal: colours, cursor movements, window titles, links.
enum EscapeSequences {
    /// Longer ones are no sequence but text behind a stray escape: a bound, so that an unfinished one does
    /// not swallow what an agent says next.
    private static let longestScalars = 4096

    private static let escape: UInt32 = 0x1B
    private static let bell: UInt32 = 0x07

    /// How many scalars the sequence takes that begins at `start`; 0 where none does.
    ///
    /// One that is not finished before the text's end, or the bound, is only its introducer.
    static func length(in scalars: some Collection<Unicode.Scalar>) -> Int {
        var rest = scalars.makeIterator()
        guard let first = rest.next()?.value else { return 0 }
        switch first {
        case 0x9B: return 1 + control(&rest)
        case 0x90, 0x98, 0x9D, 0x9E, 0x9F: return 1 + string(&rest)
        case escape: break
        default: return 0
        }
        guard let kind = rest.next()?.value else { return 1 }
        switch kind {
        case UInt32(UInt8(ascii: "[")): return 2 + control(&rest)
        // OSC, DCS, SOS, PM, APC: a text up to its terminator.
        case 0x5D, 0x50, 0x58, 0x5E, 0x5F: return 2 + string(&rest)
        case 0x20...0x2F: return 2 + designation(&rest)
        case 0x30...0x7E: return 2
        default: return 1
        }
    }

    /// Parameters, intermediate bytes and the final one: `31m`.
    private static func control(_ rest: inout some IteratorProtocol<Unicode.Scalar>) -> Int {
        var count = 0
        while count < longestScalars, let scalar = rest.next()?.value {
            count += 1
            switch scalar {
            case 0x20...0x3F: continue
            case 0x40...0x7E: return count
            default: return count - 1
            }
        }
        return 0
    }

    /// Up to BEL, ST or ESC `\`.
    private static func string(_ rest: inout some IteratorProtocol<Unicode.Scalar>) -> Int {
        var count = 0
        var isEscaped = false
        while count < longestScalars, let scalar = rest.next()?.value {
            count += 1
            if scalar == bell || scalar == 0x9C { return count }
            if isEscaped { return scalar == 0x5C ? count : count - 2 }
            isEscaped = scalar == escape
        }
        return 0
    }

    /// What names a character set: intermediate bytes and a final one.
    private static func designation(_ rest: inout some IteratorProtocol<Unicode.Scalar>) -> Int {
        var count = 0
        while count < longestScalars, let scalar = rest.next()?.value {
            count += 1
            if !(0x20...0x2F).contains(scalar) { return (0x30...0x7E).contains(scalar) ? count : count - 1 }
        }
        return 0
    }
}
