import Curl
import JSON
import OrchCore
import OrchListener
import OrchTesting
import Subprocess
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The stand-in of `bats/fakes/telegram-server`, running for one test, and a channel that talks to it.
final class TelegramStandIn: ChannelStage {
    let port: Int
    let channel: any Channel
    let place = Place(service: .telegram, chat: "4711")
    let person = Person(service: .telegram, id: "4711")
    private let server: Int32
    private let client: CurlClient

    /// - Parameter token: what the channel presents; the server knows `4242:stand-in`.
    init(token: String = "4242:stand-in", groups: [String] = []) throws {
        let started = try Self.command("start", "--idle", "60").run()
        let numbers = started.text.split { !$0.isNumber }.compactMap { Int($0) }
        guard numbers.count == 2 else {
            throw Failure(problem: "the stand-in does not start: \(started.errorText)")
        }
        server = Int32(numbers[0])
        port = numbers[1]
        client = try CurlClient(CurlLibrary(), CurlSettings(userAgent: "tests", allowsPlainHTTP: true))
        var settings = Settings.Telegram()
        settings.apiURL = "http://127.0.0.1:\(port)/"
        settings.groups = groups
        channel = try TelegramChannel(
            settings, token: token, library: CurlLibrary(), userAgent: "test", pollSeconds: 1)
    }

    deinit { kill(server, SIGTERM) }

    struct Failure: Error { let problem: String }

    @discardableResult
    func admin(_ method: CurlRequest.Method, _ name: String, _ body: JSONObject = [:]) throws -> JSONValue {
        let url = "http://127.0.0.1:\(port)/__admin/\(name)"
        let content = method == .post ? JSONValue.object(body).utf8() : nil
        let answer = try client.send(CurlRequest(method, url, body: content))
        guard answer.status == 200 else {
            throw Failure(problem: "\(name): \(String(decoding: answer.body, as: UTF8.self))")
        }
        return try JSONValue(parsing: answer.body)
    }

    func write(_ text: String, isByBot: Bool, repliesTo: MessageID?) throws {
        try admin(
            .post, "write",
            [
                "chat": 4711, "text": .string(text), "is_bot": .bool(isByBot),
                "reply_to": repliesTo.flatMap { Int64($0.rawValue) }.map { .int($0) } ?? .null,
            ])
    }

    func said() throws -> [JSONValue] { try admin(.get, "said?chat=4711").array ?? [] }

    func shown() throws -> [String] { try said().map { $0["text"].string ?? "" } }

    func trouble(_ trouble: ChannelTrouble) throws {
        switch trouble {
        case .limited(let length):
            try self.trouble("limited", method: "sendMessage", ["seconds": .int(length.components.seconds)])
        case .fault: try self.trouble("fault", method: "sendMessage")
        case .forbidden: try self.trouble("forbidden", method: "sendMessage")
        }
    }

    func trouble(_ kind: String, method: String, _ more: JSONObject = [:]) throws {
        var body = more
        body["kind"] = .string(kind)
        body["method"] = .string(method)
        try admin(.post, "trouble", body)
    }

    private static func command(_ arguments: String...) -> Command {
        Command(program, arguments: arguments).with { $0.environment = ["PATH": GitHubStandIn.searchPath] }
    }

    private static let program: String = {
        let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4)
        return root.joined(separator: "/") + "/bats/fakes/telegram-server"
    }()

    static var isUsable: Bool {
        ProgramSearch.find("python3", path: GitHubStandIn.searchPath) != nil && (try? CurlLibrary()) != nil
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips what needs `python3` and libcurl where one of them is missing, but not in CI, where they have to
    /// be.
    static var requiresTelegram: Self {
        let isRequired = Command.Environment.current()["CI"] == "true"
        return .enabled(if: isRequired || TelegramStandIn.isUsable, "python3 or libcurl is not installed")
    }
}
