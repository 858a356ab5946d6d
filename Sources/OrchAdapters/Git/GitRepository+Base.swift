package import OrchCore
import Subprocess

/// What a task's branch starts from.
struct GitBase: Equatable {
    /// Short; `HEAD` where the checkout is detached and there is no remote.
    let name: String
    /// A full ref, or a commit.
    let reference: String
    let hasRemote: Bool
}

extension GitRepository {
    /// Brings the base up to date.
    ///
    /// Usually origin's default branch is known to the repository (`refs/remotes/origin/HEAD`, made by `git
    /// clone`), and one fetch is all. Where it is not, as in a bare clone, origin is asked once and the
    /// answer kept there. A default that was *renamed* makes the fetch fail and is asked for again; after a
    /// mere switch to another branch `git remote set-head origin --auto` tells this clone.
    func freshBase(_ layout: GitDirectory, branch: String) throws(RepositoryError) -> GitBase {
        guard let remembered = layout.originDefault else {
            guard try hasOrigin() else { return try localBase(layout) }
            return try learnBase(layout, branch: branch)
        }
        let output = try fetch(remembered, branch)
        if output.succeeded { return Self.remoteBase(remembered) }
        guard try hasOrigin() else { return try localBase(layout) }
        // Whoever did not answer in time would not answer the next question either.
        guard case .exited = output.exit else { throw Self.failure(output) }
        return try learnBase(layout, branch: branch)
    }

    private func learnBase(_ layout: GitDirectory, branch: String) throws(RepositoryError) -> GitBase {
        let answer = try git.attempt(GitCommands.remoteDefault(in: directory), .network)
        guard answer.succeeded else { throw Self.failure(answer) }
        if answer.text.isEmpty { return try baseBesideUnbornDefault(layout, branch: branch) }
        guard let name = RemoteListing.defaultBranch(in: answer.text) else {
            throw .fetchRefused(detail: "origin names no default branch: its HEAD is detached")
        }
        let output = try fetch(name, branch)
        guard output.succeeded else { throw Self.failure(output) }
        // Only a memory: where it cannot be kept, origin is asked again next time.
        _ = try git.attempt(GitCommands.rememberDefault(name, in: directory))
        return Self.remoteBase(name)
    }

    /// Origin's HEAD names a branch that nobody has pushed, as `git init --bare` leaves it
    /// where the work goes on in a branch of another name: the checkout's own branch is the
    /// base then, if origin has that one.
    private func baseBesideUnbornDefault(
        _ layout: GitDirectory, branch: String
    ) throws(RepositoryError) -> GitBase {
        let own = try localBase(layout).name
        guard try fetch(own, branch).succeeded else { throw .empty(path: directory) }
        _ = try git.attempt(GitCommands.rememberDefault(own, in: directory))
        return Self.remoteBase(own)
    }

    private func fetch(_ base: String, _ branch: String) throws(RepositoryError) -> Output {
        try git.attempt(GitCommands.fetch(base: base, branch: branch, in: directory), .network)
    }

    private static func failure(_ output: Output) -> RepositoryError {
        let detail = GitText.detail(of: output)
        return RemoteFailure.isFinal(output.errorText)
            ? .fetchRefused(detail: detail) : .fetchFailed(detail: detail)
    }

    /// Takes in what is new in every remote.
    package func fetchAll() throws(RepositoryError) {
        let output = try git.attempt(GitCommands.fetchAll(in: directory), .network)
        guard output.succeeded else { throw Self.failure(output) }
    }

    /// What asking origin comes to; nil where it answers.
    package func originFailure(timeout: Duration) throws(RepositoryError) -> String? {
        let command = GitCommands.remoteDefault(in: directory).with { $0.limits.timeout = timeout }
        let output = try git.attempt(command, .network)
        return output.succeeded ? nil : GitText.detail(of: output)
    }

    private func hasOrigin() throws(RepositoryError) -> Bool {
        let output = try git.attempt(GitCommands.originAddress(in: directory))
        // git-config(1): 1 means that there is no such key; anything else is a failure of its own.
        if output.exit == .exited(1) { return false }
        guard output.succeeded else {
            throw .failed(command: "git config", detail: GitText.detail(of: output))
        }
        return true
    }

    private func localBase(_ layout: GitDirectory) throws(RepositoryError) -> GitBase {
        switch layout.head {
        case .commit(let commit): return GitBase(name: "HEAD", reference: commit, hasRemote: false)
        case .ref(let name): return Self.localBase(name)
        case nil:
            let output = try git.output(GitCommands.headReference(in: directory))
            return Self.localBase(String(output.text.prefix { $0 != "\n" }))
        }
    }

    private static func localBase(_ reference: String) -> GitBase {
        let mark = "refs/heads/"
        let name = reference.hasPrefix(mark) ? String(reference.dropFirst(mark.count)) : reference
        return GitBase(name: name, reference: reference, hasRemote: false)
    }

    private static func remoteBase(_ name: String) -> GitBase {
        GitBase(name: name, reference: "refs/remotes/origin/\(name)", hasRemote: true)
    }
}
