/// How JSON is laid out.
package struct JSONStyle: Sendable {
    /// Line breaks, and an indentation of two spaces; else no space at all.
    package var isPretty: Bool
    /// Members ordered by the bytes of their names; else in their own order.
    package var sortsNames: Bool

    package static let compact = JSONStyle(isPretty: false, sortsNames: false)
    package static let pretty = JSONStyle(isPretty: true, sortsNames: false)
    /// One text for equal values, whatever the order of their members.
    package static let canonical = JSONStyle(isPretty: false, sortsNames: true)

    package init(isPretty: Bool, sortsNames: Bool) {
        self.isPretty = isPretty
        self.sortsNames = sortsNames
    }
}

extension JSONValue {
    /// The value as JSON text, without a line break at its end.
    ///
    /// Parsing it gives the value again; only infinity and not-a-number, which JSON cannot say, become null.
    package func text(_ style: JSONStyle = .compact) -> String {
        String(decoding: utf8(style), as: UTF8.self)
    }

    /// The same as UTF-8.
    package func utf8(_ style: JSONStyle = .compact) -> [UInt8] {
        var writer = JSONWriter(style: style)
        writer.write(self)
        return writer.output
    }
}

extension JSONValue: CustomStringConvertible {
    package var description: String { text() }
}
