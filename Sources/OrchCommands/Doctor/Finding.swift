/// What a check has found.
struct Finding: Equatable {
    enum Level: String, CaseIterable {
        case ok
        /// orch works, but not as well or as safely as it could.
        case warning
        /// Something will fail.
        case problem
    }

    let level: Level
    /// The check's name.
    let check: String
    let text: String
    /// What to do; empty where nothing is.
    let fix: String

    static func ok(_ check: String, _ text: String) -> Finding {
        Finding(level: .ok, check: check, text: text, fix: "")
    }

    static func warning(_ check: String, _ text: String, fix: String) -> Finding {
        Finding(level: .warning, check: check, text: text, fix: fix)
    }

    static func problem(_ check: String, _ text: String, fix: String) -> Finding {
        Finding(level: .problem, check: check, text: text, fix: fix)
    }
}
