import OrchAdapters
import OrchCore
import OrchTesting
import Platform
import Testing

/// The rule alone: no `gh`, a clock that is moved by hand.
struct GitHubRateLimitTests {
    private final class Hand { var time = Timestamp(seconds: 1_800_000_000) }

    private let hand = Hand()
    private let memory = MemoryRequestMemory()
    private let folder = ScratchFolder()

    private var file: String { folder.path + "/gh_backoff" }

    private func limits() throws -> GitHubRateLimits {
        let slug = try #require(RepositorySlug("octo/demo"))
        let hand = hand
        var connection = GitHubConnection(
            repository: slug, memory: memory, environment: [:], now: { hand.time })
        connection.backoff.base = .seconds(30)
        connection.backoff.maximum = .seconds(100)
        connection.backoffFile = file
        return GitHubRateLimits(connection)
    }

    private func sign(_ kind: RateLimitSign.Kind, in seconds: Int? = nil) -> RateLimitSign {
        RateLimitSign(kind: kind, until: seconds.map { hand.time + .seconds($0) }, detail: "slow down")
    }

    @Test func `waits double from the base to the maximum, and begin anew after a success`() throws {
        let limits = try limits()
        for expected in [30, 60, 100, 100] {
            let wait = try limits.note(sign(.secondary), of: .rest)
            #expect(wait.until == hand.time + .seconds(expected))
            hand.time = wait.until
            #expect(try limits.wait(for: .rest) == nil)
        }
        try limits.noteSuccess(GitHubResponse(status: 304), of: .rest)
        #expect(try limits.note(sign(.secondary), of: .rest).until == hand.time + .seconds(30))
    }

    @Test func `the server's own moment counts, within reason`() throws {
        #expect(try limits().note(sign(.primary, in: 3000), of: .rest).until == hand.time + .seconds(3000))
        #expect(
            try limits().note(sign(.primary, in: 9_999_999), of: .rest).until == hand.time + .seconds(86_400))
        // A reset that has passed by our clock: wait all the same.
        hand.time = hand.time + .seconds(100_000)
        let wait = try limits().note(sign(.primary, in: -50), of: .graphql)
        #expect(wait.until == hand.time + .seconds(100))
    }

    @Test func `moments beyond all time stop nobody`() throws {
        let answer = GitHubResponse(status: 429, headers: ["retry-after": "\(Int.max)"])
        let failure = answer.failure(of: GitHubRequest(.get, "repos/octo/demo"), now: hand.time)
        guard case .limited(let sign) = failure else { throw TrackerError.broken(detail: "no limit") }
        #expect(try limits().note(sign, of: .rest).until == hand.time + .seconds(86_400))
        let note = "until=\(Int.min)\ndelay=\(Int.max)\nreason=odd\n"
        #expect(BackoffFile(parsing: note).delay == .seconds(86_400))
        #expect(BackoffFile(parsing: note).until.since(hand.time) < .zero)
    }

    @Test func `a secondary limit holds for both resources, a primary one for its own`() throws {
        _ = try limits().note(sign(.primary, in: 60), of: .graphql)
        #expect(try limits().wait(for: .graphql) != nil)
        #expect(try limits().wait(for: .rest) == nil)
        #expect(BackoffFile.read(file) == nil)
        _ = try limits().note(sign(.secondary, in: 60), of: .rest)
        for resource in GitHubRequest.Resource.allCases { #expect(try limits().wait(for: resource) != nil) }
    }

    @Test func `a quota at zero stops the next request until its reset`() throws {
        let reset = hand.time + .seconds(500)
        let answer = GitHubResponse(
            status: 200,
            headers: [
                "x-ratelimit-remaining": "0", "x-ratelimit-reset": "\(reset.seconds)",
            ])
        try limits().noteSuccess(answer, of: .rest)
        #expect(try limits().wait(for: .rest)?.until == reset)
        #expect(try limits().wait(for: .graphql) == nil)
        hand.time = reset
        #expect(try limits().wait(for: .rest) == nil)
    }

    @Test func `v0 reads what orch writes, and orch what v0 writes`() throws {
        _ = try limits().note(sign(.secondary), of: .rest)
        let written = try String(decoding: WholeFile.read(file, limitBytes: 1000), as: UTF8.self)
        #expect(written == "until=\(hand.time.seconds + 30)\ndelay=30\nreason=rate_limit\n")

        let limits = try limits()
        hand.time = hand.time + .seconds(1000)
        try folder.write("until=\(hand.time.seconds + 40)\ndelay=20\nreason=rate_limit\n", to: "gh_backoff")
        #expect(try limits.wait(for: .rest)?.until == hand.time + .seconds(40))
        #expect(try limits.wait(for: .graphql)?.until == hand.time + .seconds(40))
        hand.time = hand.time + .seconds(40)
        #expect(try limits.wait(for: .rest) == nil)
        try limits.noteSuccess(GitHubResponse(status: 200), of: .rest)
        #expect(BackoffFile.read(file) == nil)
    }

    @Test(arguments: [
        "", "garbage", "until=", "until=soon\ndelay=x", "until=99999999999\ndelay=30\nreason=r\n",
    ])
    func `a torn file, or one by a clock that was wrong, stops nothing`(text: String) throws {
        try folder.write(text, to: "gh_backoff")
        #expect(try limits().wait(for: .rest) == nil)
    }

    @Test func `an answer that changes nothing writes nothing`() throws {
        let answer = GitHubResponse(
            status: 304,
            headers: [
                "x-ratelimit-remaining": "4999", "x-ratelimit-reset": "\(hand.time.seconds + 3000)",
            ])
        for _ in 1...10 { try limits().noteSuccess(answer, of: .rest) }
        #expect(memory.writes == 1)
    }

    @Test func `an answer to a request that was under way does not end the wait`() throws {
        let wait = try limits().note(sign(.secondary, in: 60), of: .rest)
        try limits().noteSuccess(GitHubResponse(status: 200), of: .rest)
        #expect(try limits().wait(for: .rest)?.until == wait.until)
        #expect(BackoffFile.read(file)?.until == wait.until)
    }

    @Test func `REST's quota, in v0's file too, does not stop GraphQL`() throws {
        _ = try limits().note(sign(.primary, in: 60), of: .rest)
        #expect(try limits().wait(for: .rest) != nil)
        #expect(try limits().wait(for: .graphql) == nil)
    }

    @Test func `the file's folder is made where the project is new`() throws {
        let path = "\(folder.path)/new/gh_backoff"
        BackoffFile(until: hand.time, delay: .seconds(1), reason: "r").write(to: path)
        #expect(BackoffFile.read(path) != nil)
    }
}
