import Arguments

/// `orch service`: what starts orch again and again.
enum ServiceCommand {
    static let table = CommandTable(
        "service", "The timer that starts orch: install, look at, remove", group: "Setting up"
    )
    .discussion(
        """
        A timer of the system starts `orch tick` every few seconds: systemd's on Linux, launchd's on macOS. \
        Nothing of orch stays in memory between two ticks but the agents, and `orch listen` where it is wanted.
        """
    )
}
