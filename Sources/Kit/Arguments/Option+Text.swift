// How help and the manual show parameters.
extension Option {
    /// `-p, --project DIR`, `--[no-]color`.
    var label: String {
        let long = isNegatable ? "--[no-]\(long)" : "--\(long)"
        return (short.map { "-\($0), " } ?? "    ") + long + (valueName.map { " \($0)" } ?? "")
    }

    /// The help and what the table knows besides: choices, default, variable.
    var description: String {
        var notes = valueKind.flatMap(\.note).map { [$0] } ?? []
        switch fallback {
        case .value(let text)?: notes.append("default: \(text)")
        case .described(let text)?: notes.append("default: \(text)")
        case nil: break
        }
        if let environment { notes.append("environment: \(environment)") }
        if isRepeatable { notes.append("may be repeated") }
        return notes.isEmpty ? help : "\(help) (\(notes.joined(separator: "; ")))"
    }
}

extension Positional {
    var description: String { kind.note.map { "\(help) (\($0))" } ?? help }
}

extension ValueKind {
    /// nil where the name of the value says enough.
    fileprivate var note: String? {
        switch self {
        case .text, .file, .directory, .asked: nil
        case .suggested(let words): "such as \(words.joined(separator: ", "))"
        case .oneOf, .duration: accepted
        case .integer: self == .integer() ? nil : accepted
        }
    }
}
