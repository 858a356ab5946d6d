/// Makes text of others harmless to a terminal.
package enum Printable {
    /// `text` without control characters (escape sequences among them) but for line ends and tabs.
    package static func text(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where isHarmless(scalar) { scalars.append(scalar) }
        return String(scalars)
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A, 0x09: true
        case 0x00...0x1F, 0x7F...0x9F: false
        // Marks that turn the direction of writing can make text read as what it is not.
        case 0x202A...0x202E, 0x2066...0x2069: false
        default: true
        }
    }
}
