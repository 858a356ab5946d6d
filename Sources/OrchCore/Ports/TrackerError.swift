/// Why a tracker or forge could not do what it was asked; the words are in `problem` and `fix`.
package enum TrackerError: Error, Equatable, Sendable {
    /// The program that talks to it is not on PATH.
    case programMissing(String)
    /// Not logged in, or the token was refused.
    case notAuthenticated(detail: String)
    /// No network, or the host does not answer in time.
    case offline(detail: String)
    /// A rate limit, primary or secondary; nothing is sent before `until`.
    case rateLimited(until: Timestamp, detail: String)
    /// 404, or 410: no such repository, issue or branch, or no right to see it.
    case notFound(what: String)
    /// 403 that is no rate limit: the account lacks a right.
    case forbidden(detail: String)
    /// The request was understood and refused (422, an invalid label).
    case rejected(detail: String)
    /// 5xx, or an answer that cannot be read.
    case broken(detail: String)
    /// This tracker cannot do that (comments of an internal task on the web, say).
    case unsupported(String)
    /// orch's own memory failed: an internal task's row, a remembered answer, a rate limit.
    case store(StoreError)
}

extension TrackerError {
    /// The same call for another task would fail alike just now.
    package var concernsEverything: Bool {
        switch self {
        case .programMissing, .notAuthenticated, .offline, .rateLimited, .forbidden: true
        case .notFound, .rejected, .broken, .unsupported, .store: false
        }
    }

    /// The tracker has understood and said no: asking again soon is in vain.
    package var isRefusal: Bool {
        switch self {
        case .notAuthenticated, .notFound, .forbidden, .rejected, .unsupported: true
        case .programMissing, .offline, .rateLimited, .broken, .store: false
        }
    }

    package var isAbsence: Bool { if case .notFound = self { true } else { false } }
}

extension TrackerError: Explained {
    package var problem: String {
        switch self {
        case .programMissing(let name): "program “\(name)” is not on PATH"
        case .notAuthenticated(let detail): "GitHub does not accept the login: \(detail)"
        case .offline(let detail): "GitHub cannot be reached: \(detail)"
        case .rateLimited(let until, let detail): "GitHub asks to wait until \(until.iso8601): \(detail)"
        case .notFound(let what): "not found on GitHub: \(what)"
        case .forbidden(let detail): "the account lacks a right: \(detail)"
        case .rejected(let detail): "the request was refused: \(detail)"
        case .broken(let detail): "an answer that makes no sense: \(detail)"
        case .unsupported(let what): "this backend cannot do that: \(what)"
        case .store(let error): error.problem
        }
    }

    package var fix: String {
        switch self {
        case .programMissing(let name): "install `\(name)`, or set `gh.enabled: false` to work without GitHub"
        case .notAuthenticated: "run `gh auth login`, or set GH_TOKEN for the service"
        case .offline: "check the network; ticks try again by themselves, a command has to be given again"
        case .rateLimited: "wait until then; ticks do so by themselves, a command has to be given again"
        case .notFound: "check `gh.repo` and the account's access"
        case .forbidden: "give the account write access to the repository"
        case .rejected: "see the detail; nothing was changed"
        case .broken: "try again later; `orch doctor` shows what the server says"
        case .unsupported: "use a task that lives on the other backend"
        case .store(let error): error.fix
        }
    }
}
