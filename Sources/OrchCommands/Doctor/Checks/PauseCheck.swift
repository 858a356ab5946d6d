import OrchAdapters
import OrchCore

/// Whether somebody has paused orch, and perhaps forgotten it.
struct PauseCheck: DoctorCheck {
    static let name = "pause"

    let facts: DoctorFacts

    func findings() -> [Finding] {
        // A store that cannot be read is the finding of its own check.
        let pauses = (try? facts.store?.get().pauses()) ?? []
        return pauses.map { pause in
            let words = PauseWords(pause, project: pause.project?.rawValue)
            return .warning(Self.name, words.problem, fix: words.fix)
        }
    }
}
