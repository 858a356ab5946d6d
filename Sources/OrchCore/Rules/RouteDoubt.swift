/// What looks odd about a router's choice: said beside it, and the choice stands.
enum RouteDoubt {
    private static let serverWords: Set<String> = ["backend", "api", "database", "db"]
    private static let textWords: Set<String> = ["docs", "documentation", "writing"]

    /// - Returns: empty where nothing looks odd.
    static func warning(about choice: RouteChoice, labels: [String]) -> String {
        let words = Set(labels.flatMap { $0.lowercased().split { !$0.isLetter }.map(String.init) })
        if choice.profile.skills.isEmpty { return "profile missing skills" }
        if choice.executor == .codex, !words.isDisjoint(with: textWords) {
            return "docs-labeled task routed to codex"
        }
        if choice.executor == .claude, !words.isDisjoint(with: serverWords) {
            return "backend-labeled task routed to claude"
        }
        return ""
    }
}
