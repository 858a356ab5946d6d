import Subprocess
import Testing

/// A real agent on this machine: by `ORCH_TEST_CLAUDE` or `ORCH_TEST_CODEX`, else on PATH.
enum InstalledAgent {
    private static let variables = Command.Environment.current().values

    static func path(_ name: String) -> String? {
        if let path = variables["ORCH_TEST_\(name.uppercased())"] {
            return ProgramSearch.isExecutable(path) ? path : nil
        }
        return ProgramSearch.find(name, path: variables["PATH"] ?? "")
    }

    static var isRequired: Bool { variables["CI"] == "true" }
}

extension Trait where Self == ConditionTrait {
    /// Skips where the agent is absent, but never in CI, where its absence is a failure.
    static func requiresAgent(_ name: String) -> Self {
        .enabled(
            if: InstalledAgent.path(name) != nil || InstalledAgent.isRequired,
            "\(name) is not installed: put it on PATH or name it in ORCH_TEST_\(name.uppercased())")
    }
}
