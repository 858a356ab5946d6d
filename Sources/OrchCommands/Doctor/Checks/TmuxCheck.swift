import OrchAdapters
import OrchCore
import Platform
import Subprocess

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Whether a session can be made, on a socket of the check's own beside orch's.
struct TmuxCheck: DoctorCheck {
    static let name = "tmux"

    private static let oldest = [3, 2]

    let facts: DoctorFacts

    func findings() -> [Finding] {
        let isWanted = facts.projects.isEmpty || facts.projects.contains { $0.settings.workflow.useTmux }
        guard isWanted else { return [.ok(Self.name, "not used (`workflow.use_tmux: false`)")] }
        guard let tmux = facts.program("tmux") else {
            return [
                .problem(
                    Self.name, "tmux is not on PATH",
                    fix: DoctorAdvice.install("tmux") + ", or set `workflow.use_tmux: false`")
            ]
        }
        do {
            let version = ProgramVersion(in: try facts.command(tmux, ["-V"]).run().text)
            guard let version, version.isAtLeast(Self.oldest) else {
                return [
                    .problem(
                        Self.name, "tmux \(version?.text ?? "of an unknown version") is too old",
                        fix: "orch needs tmux 3.2 or newer")
                ]
            }
            try startAndEnd()
            return [.ok(Self.name, "tmux \(version.text); a session starts and ends")]
        } catch {
            return [.problem(Self.name, error)]
        }
    }

    /// The same way as a run is started, the systemd scope included.
    private func startAndEnd() throws {
        let socket = "orch-doctor-\(getpid())"
        let sessions = TmuxSessions(socket: socket, environment: facts.environment)
        let pause = SessionCommand(program: "/bin/sleep", arguments: ["60"], environment: [:], directory: "/")
        try sessions.start("orch-doctor", command: pause)
        try sessions.end("orch-doctor")
        // A server that ends leaves its socket's file behind.
        try Directory.remove("\(facts.environment["TMUX_TMPDIR"] ?? "/tmp")/tmux-\(getuid())/\(socket)")
    }
}
