import OrchCore

extension String {
    /// For a place that holds one line: without what would steer a terminal, and without line ends and tabs.
    var onOneLine: String {
        String(Printable.text(self).map { $0.isNewline || $0 == "\t" ? " " : $0 })
    }

    /// At most `width` characters, the last one `…` where something is cut off.
    func cut(to width: Int) -> String {
        count <= width ? self : String(prefix(max(0, width - 1))) + "…"
    }

    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}

extension Timestamp {
    /// `12s ago`, `5m ago`, `3h ago`, `9d ago`; `never` for the epoch, which stands for an unknown moment.
    func age(at now: Timestamp) -> String {
        guard seconds > 0 else { return "never" }
        let length = max(0, now.since(self).wholeSeconds)
        switch length {
        case ..<60: return "\(length)s ago"
        case ..<3600: return "\(length / 60)m ago"
        case ..<86_400: return "\(length / 3600)h ago"
        default: return "\(length / 86_400)d ago"
        }
    }
}

/// “1 task”, “2 tasks”.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
