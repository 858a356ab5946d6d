package import OrchCore

/// What it takes to talk to one repository on GitHub through `gh`; the facts that tests and configuration
/// change.
package struct GitHubConnection {
    package let repository: RepositorySlug
    /// Rate limits, which labels exist and who may write, shared by all processes of this home.
    package let memory: any RequestMemory
    /// Everything `gh` gets to see: PATH, HOME, GH_TOKEN, GH_CONFIG_DIR, proxies …
    package var environment: [String: String]
    /// Only issues with this label are tasks; empty: all.
    package var syncLabel = ""
    /// Logins that may drive orch beside the repository's owner, whatever their permission is.
    package var allowedAuthors: [String] = []
    package var backoff = Settings.GitHub.Backoff()
    /// v0's `gh_backoff`, kept up to date for as long as v0 may run beside orch; nil: there is none.
    package var backoffFile: String?
    /// What the `gh` on PATH understands; see `GitHubDialect.spoken`.
    package var dialect = GitHubDialect.full
    package var whenLimited = WhenLimited.skip
    package var now: () -> Timestamp
    /// How a `.wait` waits.
    package var pause: (Duration) -> Void = Pause.blocking

    package init(
        repository: RepositorySlug, memory: any RequestMemory, environment: [String: String],
        now: @escaping () -> Timestamp
    ) {
        self.repository = repository
        self.memory = memory
        self.environment = environment
        self.now = now
    }

    /// What to do while GitHub asks us to wait (`GH_BACKOFF_MODE`).
    package enum WhenLimited: String, Sendable {
        /// Wait up to `backoff.maximum`, then try once more: for a person at the keyboard.
        case wait
        /// Throw `rateLimited` at once: for a tick.
        case skip
    }
}
