import OrchAdapters
import OrchCore
import Platform

/// A line of orch's log, and one line only: time, version where v0 would print one, then the phase and what
/// happened.
enum LogLine {
    static func text(_ message: String, environment: [String: String] = [:]) -> String {
        let version = environment["ORCH_VERSION"].map { " [v\($0)]" } ?? ""
        return "\(Live.now().iso8601)\(version) \(message.onOneLine)"
    }
}
