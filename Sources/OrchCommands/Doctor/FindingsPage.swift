import JSON
import OrchCore

/// Findings as people and programs read them.
struct FindingsPage {
    let terminal: TerminalStyle

    func text(of finding: Finding) -> String {
        let fix = finding.fix.isEmpty ? "" : "\n            \(terminal.dim("→")) \(finding.fix)"
        return "\(word(for: finding.level))  \(finding.check): \(Printable.text(finding.text))\(fix)"
    }

    /// All words are equally wide, so that the findings stand in a column.
    private func word(for level: Finding.Level) -> String {
        switch level {
        case .ok: terminal.green("ok      ")
        case .warning: terminal.yellow("warning ")
        case .problem: terminal.red("problem ")
        }
    }

    /// “2 problems, 1 warning”; for none of both, that all is well.
    static func summary(of findings: [Finding]) -> String {
        let counts = [(Finding.Level.problem, "problem"), (.warning, "warning")].compactMap { level, word in
            let count = findings.count { $0.level == level }
            return count == 0 ? nil : counted(count, word)
        }
        return counts.isEmpty ? "All is well." : counts.joined(separator: ", ")
    }

    static func json(of findings: [Finding]) -> JSONValue {
        let items = findings.map { finding in
            JSONValue.object([
                "level": .string(finding.level.rawValue), "check": .string(finding.check),
                "text": .string(finding.text), "fix": .string(finding.fix),
            ])
        }
        return .object([
            "ok": .bool(!findings.contains { $0.level == .problem }), "findings": .array(items),
        ])
    }
}
