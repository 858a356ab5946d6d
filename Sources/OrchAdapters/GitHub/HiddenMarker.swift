import SHA2

/// A key inside a text on GitHub that no reader sees: how an earlier attempt's comment or issue is found
/// again.
package struct HiddenMarker: Equatable, Sendable, CustomStringConvertible {
    package let description: String

    /// - Parameter key: not empty; what could end an HTML comment early is replaced by its hash.
    package init(key: String) {
        precondition(!key.isEmpty, "an empty key finds anything")
        let isPlain = key.utf8.count <= Self.longestKeyBytes && key.utf8.allSatisfy(Self.isPlain)
        let name = isPlain && !key.contains("--") ? key : Hexadecimal.encode(SHA256.hash(key.utf8))
        description = "<!-- orch:key:\(name) -->"
    }

    /// GitHub refuses longer texts with 422.
    package static let longestText = 65_536
    private static let longestKeyBytes = 200
    private static let cutNote = "\n\n… (cut: GitHub takes no longer text)"

    /// `text` with the marker below it, within GitHub's limit: what is too long loses its end, never the
    /// marker.
    package func appended(to text: String) -> String {
        let ending = text.isEmpty ? description : "\n\n\(description)"
        return Self.fitted(text, leaving: ending.unicodeScalars.count) + ending
    }

    /// `text`, cut to GitHub's limit less `reserve` characters.
    package static func fitted(_ text: String, leaving reserve: Int = 0) -> String {
        // Bytes are never fewer than characters, and counting them is free.
        let room = longestText - reserve
        guard text.utf8.count > room, text.unicodeScalars.count > room else { return text }
        let kept = text.unicodeScalars.prefix(room - cutNote.unicodeScalars.count)
        return String(String.UnicodeScalarView(kept)) + cutNote
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "/"):
            true
        default: false
        }
    }
}
