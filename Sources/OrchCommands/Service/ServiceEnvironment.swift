import OrchCore

/// The variables of a shell that its timer has to have too.
///
/// A service starts with a minimal PATH and no shell profile, so what programs are found by is taken along
/// when the timer is installed. Nothing secret is: units are files that everybody may read.
enum ServiceEnvironment {
    private static let captured = [
        "CLAUDE_CONFIG_DIR", "CODEX_HOME", "GH_CONFIG_DIR", "GH_HOST", "GIT_SSH_COMMAND", "LANG", "LC_ALL",
        "NODE_EXTRA_CA_CERTS", "ORCH_TMUX_SOCKET", "SSL_CERT_DIR", "SSL_CERT_FILE", "TMUX_TMPDIR", "TZ",
        "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME",
        // orch's own and v0's: a timer with another state folder than the shell would miss its locks.
        "AGENT_TIMEOUT_SECONDS", "ORCH_LISTEN_ADDRESS", "ORCH_LISTEN_SOCKET", "CODEX_SANDBOX",
        "GH_BACKOFF_MODE", "ORCH_BACKEND", "POLL_JOBS",
        "STUCK_TIMEOUT", "USE_TMUX",
    ]

    /// A relative one would mean another file: a timer starts in `/`.
    private static let capturedPaths = ["CONFIG_PATH", "JOBS_FILE", "JOBS_PATH", "LOCK_PATH", "STATE_DIR"]

    /// Logins that some people keep in a shell profile, where no timer sees them.
    static let secrets =
        VariableNames.gitHubTokens.sorted() + [
            "ANTHROPIC_API_KEY", "CLAUDE_CODE_OAUTH_TOKEN", "OPENAI_API_KEY", "ORCH_WEBHOOK_SECRET",
        ]

    static func capture(from environment: [String: String], home: String) -> [String: String] {
        var variables = environment.filter { captured.contains($0.key) && !$0.value.isEmpty }
        for name in capturedPaths {
            if let path = environment[name], path.hasPrefix("/") { variables[name] = path }
        }
        variables["PATH"] = searchPath(environment["PATH"] ?? "")
        variables["ORCH_HOME"] = home
        return variables
    }

    /// Where every system keeps its programs.
    private static let systemFolders = ["/usr/local/bin", "/usr/bin", "/bin"]

    /// The absolute folders, each once, in their order, and those of the system.
    ///
    /// A relative one would let the folder that orch happens to be in decide what runs.
    static func searchPath(_ path: String) -> String {
        let folders = path.split(separator: ":").map(String.init).filter { $0.hasPrefix("/") } + systemFolders
        var seen: Set<String> = []
        return folders.filter { seen.insert($0).inserted }.joined(separator: ":")
    }
}
