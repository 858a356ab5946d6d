/// A program that the work needs and that is not there, as shells and runtimes complain about it.
package enum ToolComplaint {
    /// Only these count: an agent tries many a command that does not exist, and goes on without it.
    private static let known: Set<String> = [
        "bun", "node", "npm", "pnpm", "yarn", "deno", "tsc", "eslint", "prettier", "jest", "vitest",
        "cargo", "rustc", "go", "python", "python3", "pip", "pip3", "uv", "poetry", "pytest", "ruff", "black",
        "mypy",
        "make", "cmake", "ninja", "just", "bats", "swift",
        "docker", "docker-compose", "podman", "kubectl", "helm", "terraform",
        "anchor", "avm", "solana", "solana-test-validator",
    ]

    private static let shells: Set<String> = ["bash", "sh", "zsh", "dash", "env", "/bin/sh", "/bin/bash"]

    /// The program that a line of standard error complains about; nil where it complains about something
    /// else.
    ///
    /// The forms: `bash: line 3: cargo: command not found`, `zsh: command not found: cargo`, `sh: 1: cargo:
    /// not found`, `env: node: No such file or directory`, `cargo: No such file or directory` and `spawn
    /// bun ENOENT`.
    package static func named(inLine line: String) -> String? {
        candidate(in: line).map(baseName).flatMap { known.contains($0) ? $0 : nil }
    }

    /// An answer that gives such a complaint as its reason, or among what blocks it, needs a person, whatever
    /// its status says: another attempt would meet the same.
    package static func heeded(in answer: AgentAnswer, by agent: AgentName) -> AgentAnswer {
        let lines = ([answer.reason] + answer.blockers).flatMap { $0.split(whereSeparator: \.isNewline) }
        guard let tool = lines.lazy.compactMap({ named(inLine: String($0)) }).first else { return answer }
        var answer = answer
        if answer.status != .blocked { answer.status = .needsReview }
        let text = FailureText.sentence(for: .toolMissing(tool), agent: agent, said: "")
        if !answer.reason.hasPrefix(text) {
            answer.reason = answer.reason.isEmpty ? text : "\(text) — \(answer.reason)"
        }
        return answer
    }

    private static func candidate(in line: String) -> String? {
        let words = line.split(separator: " ")
        if let spawn = words.firstIndex(of: "spawn"), words.dropFirst(spawn + 2).first == "ENOENT" {
            return String(words[spawn + 1])
        }
        var parts = line.split(separator: ":").map { String($0.trimmed) }
        if let shell = parts.first, shells.contains(withoutPID(shell)) {
            parts.removeFirst()
            if parts.count > 1, isPlace(parts[0]) { parts.removeFirst() }
            if parts.count == 2, parts[0] == "command not found" { return parts[1] }
            guard parts.count == 2, isAbsence(parts[1]) else { return nil }
            return parts[0]
        }
        return parts.count == 2 && parts[1] == "No such file or directory" ? parts[0] : nil
    }

    private static func isAbsence(_ text: String) -> Bool {
        ["command not found", "not found", "No such file or directory"].contains(text)
    }

    /// `line 3`, or the bare number that dash prints.
    private static func isPlace(_ text: String) -> Bool {
        let number = text.hasPrefix("line ") ? text.dropFirst(5) : text[...]
        return !number.isEmpty && number.allSatisfy(\.isNumber)
    }

    /// `bash[123]` is `bash`.
    private static func withoutPID(_ shell: String) -> String {
        String(shell.prefix { $0 != "[" })
    }

    private static func baseName(_ command: String) -> String {
        let bare = command.filter { !"\"'‘’".contains($0) }
        return (bare.split(separator: "/").last.map(String.init) ?? bare).lowercased()
    }
}
