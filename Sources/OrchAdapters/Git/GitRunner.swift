import OrchCore
import Subprocess

/// Runs the commands of `GitCommands`: environment, patience with git's locks, errors.
struct GitRunner {
    /// How long another git may hold `index.lock`, a ref's lock or `packed-refs.lock`: a large `git add` of
    /// an agent's takes seconds, and what takes longer is a lock that a killed git has left.
    static let lockPatience = Duration.seconds(5)

    let environment: GitEnvironment
    let run: (Command) throws(SubprocessError) -> Output

    /// The answer of a command that must succeed.
    func output(_ command: Command, _ reach: GitEnvironment.Reach = .local) throws(RepositoryError) -> Output
    {
        let output = try attempt(command, reach)
        guard output.succeeded else {
            throw .failed(command: Self.name(of: command), detail: GitText.detail(of: output))
        }
        return output
    }

    /// The answer, whatever the exit status; repeated while another git is in the way.
    func attempt(_ command: Command, _ reach: GitEnvironment.Reach = .local) throws(RepositoryError) -> Output
    {
        var wait = GrowingPause(patience: Self.lockPatience)
        while true {
            let output = try once(command, reach)
            guard !output.succeeded, GitText.isPassing(output.errorText), wait.pause() else { return output }
        }
    }

    /// The answer of a single start, whatever the exit status.
    func once(_ command: Command, _ reach: GitEnvironment.Reach = .local) throws(RepositoryError) -> Output {
        let prepared = command.with {
            var variables = environment.variables(reach)
            variables["GIT_CEILING_DIRECTORIES"] = $0.workingDirectory.map(Self.parent)
            $0.environment = .init(variables.merging($0.environment.values) { _, own in own })
        }
        do throws(SubprocessError) {
            return try run(prepared)
        } catch {
            throw Self.translated(error, command)
        }
    }

    /// Worktrees lie inside the checkout: from one without its `.git`, git would go up and work there.
    private static func parent(of directory: String) -> String {
        let path = GitDirectory.canonical(directory)
        return path.lastIndex(of: "/").map { String(path[..<$0]) } ?? path
    }

    private static func translated(_ error: SubprocessError, _ command: Command) -> RepositoryError {
        switch error {
        case .programMissing(let name, _): .programMissing(name)
        case .workingDirectoryMissing(let path): .worktreeFailed(path: path, detail: "the folder is gone")
        default: .failed(command: name(of: command), detail: error.problem)
        }
    }

    /// `git push` and the like: the whole line says too much for one sentence.
    static func name(of command: Command) -> String {
        var words = command.arguments[...]
        while words.first == "-c" { words = words.dropFirst(2) }
        return "git \(words.first ?? "")"
    }
}
