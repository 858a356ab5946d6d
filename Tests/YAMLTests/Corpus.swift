import Testing
import YAML

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The documents in the folder `Corpus`; its README explains their notation.
enum Corpus {
    struct Case: CustomStringConvertible {
        let description: String
        let bytes: [UInt8]
    }

    static let folder =
        "\(#filePath)".split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/Corpus"
    static let accepted = ["scalars", "blocks", "flows", "streams", "generated"]

    static func cases(_ file: String) throws -> [Case] {
        let marker = Array("=== ".utf8)
        var cases: [(name: String, lines: [ArraySlice<UInt8>])] = []
        for line in try read("\(folder)/\(file).txt").split(separator: 10, omittingEmptySubsequences: false) {
            if line.starts(with: marker) {
                cases.append(("\(file): " + String(decoding: line.dropFirst(4), as: UTF8.self), []))
            } else if !cases.isEmpty {
                cases[cases.count - 1].lines.append(line)
            }
        }
        return cases.enumerated().map { index, entry in
            // The last case ends with the newline that ends the file.
            let lines = index == cases.count - 1 ? entry.lines.dropLast() : entry.lines[...]
            let text = lines.map { String(decoding: $0, as: UTF8.self) + "\n" }.joined()
            return Case(description: entry.name, bytes: Array(decoded(text).utf8))
        }
    }

    private static func decoded(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "→": result.append("\t")
            case "␣": result.append(" ")
            case "⏎": result.append("\r")
            case "␁": result.append("\u{1}")
            default: result.append(scalar)
            }
        }
        var decoded = String(result)
        if decoded.hasPrefix("‹BOM›") { decoded = "\u{FEFF}" + decoded.dropFirst(5) }
        return decoded.hasSuffix("∎\n") ? String(decoded.dropLast(2)) : decoded
    }

    static func read(_ path: String) throws -> [UInt8] {
        let file = try #require(fopen(path, "r"), "cannot open \(path)")
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        try #require(count < bytes.count, "\(path) is larger than this reads")
        return Array(bytes.prefix(count))
    }
}
