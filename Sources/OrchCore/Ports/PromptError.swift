/// A prompt that cannot be had.
package enum PromptError: Error, Equatable, Sendable {
    case missing(role: String, folders: [String])
    case broken(path: String, detail: String)
    /// One that was rendered for this attempt.
    case gone(path: String)
}

extension PromptError: Explained {
    package var problem: String {
        switch self {
        case .missing(let role, let folders): "no prompt `\(role).md` in \(folders.joined(separator: ", "))"
        case .broken(let path, let detail): "the prompt \(path) cannot be rendered: \(detail)"
        case .gone(let path): "\(path) is gone, and what the agent was told with it"
        }
    }

    package var fix: String {
        switch self {
        case .missing: "install orch with its `prompts` folder, or set ORCH_PROMPTS to where it is"
        case .broken: "mend the file, or remove it to use orch's own; then `orch task retry ID`"
        case .gone: "`orch task retry ID` renders it anew"
        }
    }
}
