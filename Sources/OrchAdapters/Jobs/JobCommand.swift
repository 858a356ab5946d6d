import OrchCore

/// What a job's command must not hold, as in v0.
package enum JobCommand {
    /// Command substitution runs what another command prints, and a job's file may be written by others than
    /// its reader: it is refused. A script that the command names may do what it likes.
    package static func refusal(of command: String) -> String? {
        guard command.contains("$(") || command.contains("`") else { return nil }
        return "its command contains command substitution; put it into a script and run that"
    }
}
