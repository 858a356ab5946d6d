extension Settings {
    /// `listen`: what `orch listen` hears, and where. Only the global file's counts.
    package struct Listen: Equatable, Sendable {
        /// A numeric address and a port; empty: none.
        package var address = "127.0.0.1:8787"
        /// The path of the unix socket; empty: `listen.sock` in the home.
        package var socket = ""
        /// Whether GitHub's webhooks are taken in.
        package var webhooks = true
        /// What GitHub signs them with.
        package var webhookSecret = ""
        /// A file that has it; it counts where `webhookSecret` is empty.
        package var webhookSecretFile = ""

        /// What opens the API and the page by TCP; empty: only the unix socket has them.
        package var token = ""
        /// A file that has it; it counts where `token` is empty.
        package var tokenFile = ""
        /// What this machine is called where a proxy or a tunnel leads to it.
        package var hosts: [String] = []

        package init() {}
    }
}
