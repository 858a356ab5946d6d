import OrchAdapters
import OrchCore

/// `orch v0 NAME ARGUMENTS…`: what a script or function of v0 does that no command of orch does in v0's way.
///
/// For the hand-overs in `scripts/` alone, so it is no part of the help. Arguments, output and exit statuses
/// are v0's; so is the world: `STATE_DIR`, `CONFIG_PATH` and the like are taken as they stand, and GitHub's
/// labels and the sidecars are the truth, not orch's store.
enum V0Command {
    typealias Function = @Sendable (V0Call) throws -> Int32

    /// A theme a table, each beside its functions.
    private static let themes: [[String: Function]] = [
        V0Fields.functions, V0Creating.functions, V0Sidecars.functions, V0Labels.functions,
        V0Chat.functions, V0Setup.functions, V0Boards.functions, V0Cards.functions, V0Server.functions,
        V0Overview.functions,
        V0Lists.functions, V0Comments.functions, V0Loading.functions, V0Steering.functions,
        V0Screens.functions, V0JobFields.functions, V0Configuring.functions, V0Backoff.functions,
        V0LockFolders.functions, V0Hooks.functions, V0Texts.functions, V0Repository.functions,
        V0Answers.functions, V0Projects.functions, V0JobScripts.functions,
        V0Reviews.functions, V0BoardScripts.functions, V0Skills.functions, V0PullRequests.functions,
        V0Feedback.functions, V0Mentions.functions, V0Cleanup.functions, V0Runs.functions,
        V0Poll.functions, V0Serve.functions,
    ]

    /// v0's `gh_api` gives it while GitHub asks to wait.
    static let isLimited: Int32 = 75

    private static func function(_ name: String) -> Function? { themes.lazy.compactMap { $0[name] }.first }

    static func isKnown(_ name: String) -> Bool { function(name) != nil }

    static func run(_ words: [String], environment: [String: String]) throws -> Int32 {
        let name = words.first ?? ""
        guard let function = function(name) else {
            throw UsageError(problem: "v0 has no function “\(name)”", fix: "see scripts/lib.sh")
        }
        let call = try V0Call(Array(words.dropFirst()), environment: environment)
        do {
            return try function(call)
        } catch TrackerError.rateLimited(let until, let detail) {
            call.complain("[gh] backoff active until \(until.iso8601): \(detail)")
            return isLimited
        } catch let error as any Explained {
            call.complain(error.problem)
            return 1
        }
    }
}
