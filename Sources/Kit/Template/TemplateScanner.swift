/// A template cut into text and tags.
enum TemplateToken: Hashable {
    case text(String)
    case variable(String, line: Int)
    case startIf(String, line: Int)
    case otherwise(line: Int)
    case endIf(line: Int)
}

/// Cuts line by line, because whether a tag stands alone is a question about its line.
enum TemplateScanner {
    static func tokens(of source: String) throws(TemplateError) -> [TemplateToken] {
        var tokens: [TemplateToken] = []
        var rest = Array(source.utf8)[...]
        var number = 0
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? rest.endIndex
            number += 1
            tokens += try scan(line: rest[..<end], number: number)
            rest = rest[end...]
        }
        return tokens
    }

    private static func scan(
        line: ArraySlice<UInt8>, number: Int
    ) throws(TemplateError) -> [TemplateToken] {
        var tokens: [TemplateToken] = []
        var text: [UInt8] = []
        var rest = line
        func flush() {
            if !text.isEmpty { tokens.append(.text(String(decoding: text, as: UTF8.self))) }
            text = []
        }
        while let open = rest.firstRange(ofPair: UInt8(ascii: "{")) {
            text += rest[..<open.lowerBound]
            rest = rest[open.upperBound...]
            if rest.starts(with: "{{".utf8) {
                text += "{{".utf8
                rest = rest.dropFirst(2)
                continue
            }
            guard let close = rest.firstRange(ofPair: UInt8(ascii: "}")) else {
                throw .unclosedTag(line: number)
            }
            flush()
            tokens.append(try tag(String(decoding: rest[..<close.lowerBound], as: UTF8.self), line: number))
            rest = rest[close.upperBound...]
        }
        text += rest
        flush()
        return standaloneTag(tokens).map { [$0] } ?? tokens
    }

    private static func tag(_ content: String, line: Int) throws(TemplateError) -> TemplateToken {
        let words = content.split(whereSeparator: \.isSpace).map(String.init)
        switch (words.first, words.count) {
        case ("#if", 2) where isName(words[1]): return .startIf(words[1], line: line)
        case ("else", 1): return .otherwise(line: line)
        case ("/if", 1): return .endIf(line: line)
        case (let name?, 1) where isName(name): return .variable(name, line: line)
        default: throw .invalidTag(content, line: line)
        }
    }

    private static func isName(_ word: String) -> Bool {
        word.utf8.enumerated().allSatisfy { index, byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"): index > 0
            default: false
            }
        }
    }

    /// The tag of a line that holds only that and space, if it is one that makes its line vanish.
    private static func standaloneTag(_ tokens: [TemplateToken]) -> TemplateToken? {
        var tag: TemplateToken?
        for token in tokens {
            switch token {
            case .text(let text): guard text.allSatisfy(\.isWhitespace) else { return nil }
            case .variable: return nil
            case .startIf, .otherwise, .endIf:
                guard tag == nil else { return nil }
                tag = token
            }
        }
        return tag
    }
}

extension Character {
    fileprivate var isSpace: Bool { self == " " || self == "\t" }
}

extension ArraySlice<UInt8> {
    /// The first place where this byte stands twice in a row.
    fileprivate func firstRange(ofPair byte: UInt8) -> Range<Index>? {
        var index = startIndex
        while index + 1 < endIndex {
            if self[index] == byte && self[index + 1] == byte { return index..<index + 2 }
            index += 1
        }
        return nil
    }
}
