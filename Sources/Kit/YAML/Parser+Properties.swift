extension Parser {
    typealias Properties = Syntax.Properties

    /// A tag and an anchor in either order (§6.9); `nil` if neither is here.
    mutating func properties() throws(YAMLError) -> Properties? {
        var found = Properties(start: position)
        while true {
            switch current {
            case .ampersand:
                guard found.anchor == nil else { throw error(.repeatedProperty) }
                found.anchor = try name()
            case .bang:
                guard found.tag == nil else { throw error(.repeatedProperty) }
                found.tag = try tag()
            default:
                return found.anchor == nil && found.tag == nil ? nil : found
            }
            let end = position
            guard current.isSeparation || current.isFlowIndicator else { throw error(.unexpectedText) }
            skipBlanks()
            guard current == .ampersand || current == .bang else {
                position = end
                return found
            }
        }
    }

    mutating func alias() throws(YAMLError) -> Syntax {
        let start = position
        return Syntax(.alias(try name()), start..<position)
    }

    /// The name after `&` or `*`: all but white space and flow indicators (§6.9.2).
    private mutating func name() throws(YAMLError) -> String {
        let start = position
        position += 1
        while !current.isSeparation && !current.isFlowIndicator { position += 1 }
        guard position > start + 1 else { throw error(.emptyName, at: start) }
        return source.text(start + 1..<position)
    }

    private mutating func tag() throws(YAMLError) -> Tag {
        let start = position
        if peek(1) == .less {
            while !current.isSeparation && current != .greater { position += 1 }
            position += current == .greater ? 1 : 0
        } else {
            while !current.isSeparation && !current.isFlowIndicator { position += 1 }
        }
        let written = source.text(start..<position)
        guard let tag = Tag(rawValue: written) ?? Tag(verbatim: written) else {
            throw error(.unknownTag(written), at: start)
        }
        return tag
    }
}

extension Tag {
    /// `!<tag:yaml.org,2002:str>` (§6.9.1).
    fileprivate init?(verbatim: String) {
        let (open, close) = ("!<tag:yaml.org,2002:", ">")
        let bytes = verbatim.utf8
        guard bytes.starts(with: open.utf8), bytes.last == .greater else { return nil }
        let name = bytes.dropFirst(open.utf8.count).dropLast(close.utf8.count)
        self.init(rawValue: "!!" + String(decoding: name, as: UTF8.self))
    }
}
