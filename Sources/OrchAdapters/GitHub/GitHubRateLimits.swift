package import OrchCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What is known of GitHub's limits: read before each request, written after it, shared by all processes.
///
/// REST and GraphQL have a quota each; a secondary limit holds for both. v0's file is one for everything, so
/// a used-up GraphQL quota is not written there: it would stop REST too.
package struct GitHubRateLimits {
    private let memory: any RequestMemory
    private let file: String?
    private let backoff: Settings.GitHub.Backoff
    private let now: () -> Timestamp

    package init(_ connection: GitHubConnection) {
        memory = connection.memory
        file = connection.backoffFile
        backoff = connection.backoff
        now = connection.now
    }

    /// Longer than any limit GitHub sets (an hour): a moment beyond it was written by a clock that was wrong.
    static let longestWait = Duration.seconds(86_400)

    /// A wait that is not over.
    package struct Wait: Equatable, Sendable {
        package let until: Timestamp
        package let reason: String
    }

    /// What forbids a request to this resource now; nil: go ahead.
    package func wait(for resource: GitHubRequest.Resource) throws(TrackerError) -> Wait? {
        var waits: [Wait] = []
        if let quota = try quota(of: resource) {
            if let until = quota.backOffUntil { waits.append(Wait(until: until, reason: quota.reason)) }
            if quota.remaining == 0, let until = quota.resetsAt {
                waits.append(Wait(until: until, reason: "the hour's \(resource.rawValue) quota is used up"))
            }
        }
        if let note = file.flatMap(BackoffFile.read), try !isOtherQuota(note, than: resource) {
            waits.append(Wait(until: note.until, reason: note.reason))
        }
        return waits.filter { holds($0.until) }.max { $0.until < $1.until }
    }

    /// Whether the note is orch's own of the REST quota, which GraphQL has nothing to do with: a limit that
    /// holds for both, as v0's may, is in the store for both or for neither.
    private func isOtherQuota(
        _ note: BackoffFile, than resource: GitHubRequest.Resource
    ) throws(TrackerError) -> Bool {
        guard resource != .rest, try quota(of: .rest)?.backOffUntil == note.until else { return false }
        return try quota(of: resource)?.backOffUntil != note.until
    }

    /// Notes a refusal and says how long it holds.
    ///
    /// The server's own moment counts where it gives one; else the last wait is doubled, from `backoff.base`
    /// to `backoff.maximum`.
    package func note(_ sign: RateLimitSign, of resource: GitHubRequest.Resource) throws(TrackerError) -> Wait
    {
        let delay = try delay(for: sign, of: resource)
        let wait = Wait(until: now() + delay, reason: sign.detail)
        for affected in sign.kind == .secondary ? GitHubRequest.Resource.allCases : [resource] {
            try change(affected) { quota in
                (quota.backOffUntil, quota.lastDelay, quota.reason) = (wait.until, delay, wait.reason)
            }
        }
        if let file, sign.kind == .secondary || resource == .rest {
            BackoffFile(until: wait.until, delay: delay, reason: "rate_limit").write(to: file)
        }
        return wait
    }

    private func delay(
        for sign: RateLimitSign, of resource: GitHubRequest.Resource
    ) throws(TrackerError) -> Duration {
        let asked = sign.until?.since(now()) ?? .zero
        if asked > .zero { return min(asked, Self.longestWait) }
        let inStore = try quota(of: resource)?.lastDelay ?? .zero
        let last = max(inStore, file.flatMap(BackoffFile.read)?.delay ?? .zero)
        return min(last > .zero ? last * 2 : backoff.base, backoff.maximum)
    }

    /// Notes what an answer says of the quota, and that waiting is over.
    ///
    /// While a limit holds nothing is sent: one that is not over was met after this request had set out, and
    /// stays.
    package func noteSuccess(
        _ response: GitHubResponse, of resource: GitHubRequest.Resource
    ) throws(TrackerError) {
        try change(resource) { quota in
            if quota.backOffUntil.map(holds) != true {
                quota.backOffUntil = nil
                quota.lastDelay = .zero
                quota.reason = ""
            }
            quota.remaining = response.remaining ?? quota.remaining
            quota.resetsAt = response.resetsAt ?? quota.resetsAt
        }
        // As v0 does.
        if let file, let note = BackoffFile.read(file), !holds(note.until) { _ = unlink(file) }
    }

    private func holds(_ until: Timestamp) -> Bool { now() < until && until <= now() + Self.longestWait }

    private func quota(of resource: GitHubRequest.Resource) throws(TrackerError) -> Quota? {
        do throws(StoreError) { return try memory.quota(resource.rawValue) } catch { throw .store(error) }
    }

    /// Writes only what differs: a quiet list, free of quota, costs no commit.
    private func change(
        _ resource: GitHubRequest.Resource, _ change: (inout Quota) -> Void
    ) throws(TrackerError) {
        let before = try quota(of: resource)
        var after = before ?? Quota()
        change(&after)
        guard after != before else { return }
        do throws(StoreError) { try memory.setQuota(after, of: resource.rawValue) } catch {
            throw .store(error)
        }
    }
}
