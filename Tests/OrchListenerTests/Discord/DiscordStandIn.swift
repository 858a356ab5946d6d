import Curl
import JSON
import KitTesting
import OrchCore
import OrchListener
import Platform
import Subprocess
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The stand-in of `bats/fakes/discord`, running for one test, over TLS.
final class DiscordStandIn {
    static let token = "stand-in.token"
    static let person = "4711"
    static let privateChat = "900"
    static let guildChannel = "500"
    static let bot = "42"

    let address: String
    let authority: String
    let library: CurlLibrary
    private let folder: TemporaryFolder
    private let child: Child
    private let client: CurlClient

    /// - Parameter heartbeat: the interval that clients are told.
    init(heartbeat: Duration = .seconds(41)) throws {
        let folder = TemporaryFolder()
        let milliseconds = heartbeat.clampedNanoseconds / 1_000_000
        let command = Command(
            Self.program, "serve", "--folder", folder.path, "--heartbeat", "\(milliseconds)")
        var child = try Child(
            command.with { $0.environment = ["PATH": "/usr/bin:/bin:/usr/local/bin", "LC_ALL": "C.UTF-8"] },
            Child.Streams(input: .pipe, output: .pipe, error: .descriptor(STDERR_FILENO)))
        let facts = try JSONValue(parsing: child.line())
        address = try #require(facts["address"].string)
        authority = try #require(facts["authority"].string)
        library = try CurlLibrary()
        client = try CurlClient(library, CurlSettings(userAgent: "tests", authoritiesPath: authority))
        self.folder = folder
        self.child = child
    }

    func settings(token: String = DiscordStandIn.token) -> DiscordSettings {
        var given = Settings.Discord()
        given.apiURL = address
        given.authorities = authority
        given.channels = [Self.guildChannel]
        var settings = DiscordSettings(given, token: token, knownPeople: [Self.person])
        settings.connectionPause = .zero
        settings.sessionPause = .zero
        return settings
    }

    func channel(
        token: String = DiscordStandIn.token, cancellation: CurlCancellation = CurlCancellation(),
        now: @escaping @Sendable () -> Timestamp = { Timestamp(seconds: Int(WallClock.unixSeconds())) }
    ) throws -> DiscordChannel {
        try DiscordChannel(library, settings(token: token), cancellation: cancellation, now: now)
    }

    // The controls: bats/fakes/discord_standin/control.py

    @discardableResult
    func control(_ name: String, _ body: JSONValue) throws -> JSONValue {
        try ask(.post, name, body)
    }

    func state() throws -> JSONValue { try ask(.get, "state", nil) }

    /// How many connections to come will meet trouble.
    func troublesLeft() throws -> Int { try ask(.get, "troubles", nil)["left"].int ?? 0 }

    /// What was heard on the gateway of that kind, such as `["identify", 37377]`.
    func heard(_ kind: String) throws -> [JSONValue] {
        (try state()["heard"].array ?? []).filter { $0[0].string == kind }
    }

    /// What the bot has said there, as it was sent.
    func said(in channel: String = privateChat) throws -> [String] {
        (try ask(.get, "shown?channel=\(channel)", nil).array ?? []).compactMap(\.string)
    }

    private func ask(_ method: CurlRequest.Method, _ name: String, _ body: JSONValue?) throws -> JSONValue {
        let root = address.dropLast("/api/v10".count)
        let answer = try client.send(
            CurlRequest(method, "\(root)/control/\(name)", body: body?.utf8(), bodyLimitBytes: 64 << 20))
        try #require(answer.status == 200, "\(name): \(String(decoding: answer.body, as: UTF8.self))")
        return try JSONValue(parsing: answer.body)
    }

    private static let program: String = {
        let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4)
        return root.joined(separator: "/") + "/bats/fakes/discord"
    }()

    static let isUsable: Bool = {
        let path = "/usr/bin:/bin:/usr/local/bin"
        let isInstalled = ["python3", "openssl"].allSatisfy { ProgramSearch.find($0, path: path) != nil }
        return isInstalled && (try? CurlLibrary()) != nil
    }()
}

extension Trait where Self == ConditionTrait {
    /// Skips what needs the stand-in where a part of it is missing, but not in CI, where all have to be
    /// there.
    static var requiresDiscord: Self {
        let isRequired = Command.Environment.current()["CI"] == "true"
        return .enabled(
            if: isRequired || DiscordStandIn.isUsable, "libcurl, python3 or openssl is not installed")
    }
}

extension Child {
    /// The first line of its output; throws when there is none within a minute.
    fileprivate mutating func line() throws -> [UInt8] {
        var line: [UInt8] = []
        var poll = EventPoll<Void>()
        while let descriptor = outputDescriptor {
            poll.watch(descriptor, for: .readable, as: ())
            try #require(!poll.wait(timeout: .seconds(60)).isEmpty, "the stand-in does not come up")
            if case .bytes(let chunk) = readOutput() { line += chunk }
            if line.last == UInt8(ascii: "\n") { return line.dropLast() }
        }
        try #require(Bool(false), "the stand-in ended before it was up")
        return line
    }
}
