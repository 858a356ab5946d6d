/// Makes text of others harmless to a terminal.
package enum Printable {
    /// `text` without escape sequences, and without control characters but for line ends and tabs. A carriage
    /// return that ends no line begins one: what a progress bar would overwrite stands below each other.
    package static func text(_ text: String) -> String {
        // Nearly every text is harmless as it stands.
        if text.unicodeScalars.allSatisfy(isHarmless) { return text }
        let scalars = Array(text.unicodeScalars)
        var shown = String.UnicodeScalarView()
        var place = 0
        while place < scalars.count {
            let length = EscapeSequences.length(in: scalars[place...])
            if length > 0 {
                place += length
                continue
            }
            let scalar = scalars[place]
            if isHarmless(scalar) {
                shown.append(scalar)
            } else if scalar == "\r", place + 1 < scalars.count, scalars[place + 1] != "\n" {
                shown.append("\n")
            }
            place += 1
        }
        return String(shown)
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
