import OrchCore

/// The rules that keep Claude Code out of the main checkout, which holds other people's unfinished work.
///
/// A rule's path is absolute only with two slashes in front; with one it is relative to the working
/// directory, and v0's `Read(/main/*)` refused nothing (seen with 2.1.330). `Edit` covers every tool that
/// writes files, and `Read` also `cat` and its like. Rules are no jail: a program that the agent writes can
/// read what the user can.
enum ClaudeSandbox {
    static func rules(for request: AgentRequest) -> [String] {
        let main = request.mainDirectory
        guard request.settings.isSandboxed, main != request.worktree, main.hasPrefix("/") else { return [] }
        let path = withoutSpecialCharacters(main)
        guard request.worktree.hasPrefix(main + "/") else {
            return ["Bash(cd \(path))", "Bash(cd \(path)/*)", "Read(/\(path)/**)", "Edit(/\(path)/**)"]
        }
        let entry = request.worktree.dropFirst(main.count + 1)
        let others = "\(path)/\(everythingBut(entry))*"
        return ["Bash(cd \(path))", "Bash(cd \(path)/)", "Read(/\(others))", "Edit(/\(others))"]
    }

    /// A worktree inside the main checkout (`.orchestrator/worktrees/…`) must stay open, and a refusal
    /// cannot be taken back by another rule: neither `!` in front of a path nor a negated class works. So
    /// the rule names what it closes: all entries whose name begins with another letter, digit or `_` than
    /// the worktree's own. What begins otherwise stays open, `.git` with it, which git needs.
    private static func everythingBut(_ entry: Substring) -> String {
        let own = entry.first
        let letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_"
        guard let own, letters.contains(own) else { return "[0-9A-Za-z_]" }
        return "[\(letters.filter { $0 != own })]"
    }

    /// A character that means something in a rule is matched by `?`, any one character: too wide by a hair,
    /// never too narrow.
    private static func withoutSpecialCharacters(_ path: String) -> String {
        String(path.map { "()[]{}*?!,\\".contains($0) ? "?" : $0 })
    }
}
