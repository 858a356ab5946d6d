import Curl
import JSON
import OrchCore
import Platform

/// Discord's REST API, version 10: one call after the other, on one thread.
final class DiscordAPI {
    /// The longest answer that is taken: a hundred messages of the longest kind fit.
    private static let answerLimitBytes = 4 << 20
    private static let timeout: Duration = .seconds(15)

    private let client: CurlClient
    private let settings: DiscordSettings
    private var limits = DiscordLimits()

    init(_ library: CurlLibrary, _ settings: DiscordSettings, _ cancellation: CurlCancellation)
        throws(CurlError)
    {
        client = try CurlClient(library, settings.curl, cancellation: cancellation)
        self.settings = settings
    }

    /// One call.
    ///
    /// - Parameters:
    ///   - path: below the API's address, beginning with a slash.
    ///   - known: the codes of refusals that the caller deals with.
    /// - Returns: the answer, or one of the `known` refusals.
    func call(
        _ method: CurlRequest.Method, _ path: String, _ body: JSONValue? = nil, known: Set<Int> = []
    ) throws(ChannelError) -> Result<JSONValue, DiscordRefusal> {
        let route = DiscordLimits.route(method.rawValue, path)
        if let wait = limits.wait(now: .now()) { throw .limited(retryAfter: wait, isEverywhere: true) }
        if let wait = limits.wait(for: route, now: .now()) { throw .limited(retryAfter: wait) }
        let response = try send(method, path, body)
        let answer: JSONValue = (try? JSONValue(parsing: response.body)) ?? .null
        switch response.status {
        case 200..<300:
            limits.note(
                remaining: response[header: "x-ratelimit-remaining"],
                resetAfter: response[header: "x-ratelimit-reset-after"], for: route, now: .now())
            return .success(answer)
        // Discord says by 401, too, that a webhook's token is over (50027): that is no fault of the bot's.
        case 401 where known.contains(DiscordRefusal(status: 401, answer).code):
            return .failure(DiscordRefusal(status: 401, answer))
        case 401: throw .unauthorized(detail: "Discord answers 401")
        case 429:
            throw limited(answer, response)
        case 500...: throw .offline(detail: "Discord answers \(response.status)")
        default:
            let refusal = DiscordRefusal(status: response.status, answer)
            if known.contains(refusal.code) { return .failure(refusal) }
            throw .refused(detail: refusal.words)
        }
    }

    /// Most limits are of a channel; that of all calls of a bot is said to be “global”.
    private func limited(_ answer: JSONValue, _ response: CurlResponse) -> ChannelError {
        let wait = DiscordLimits.retryAfter(body: answer, header: response[header: "retry-after"])
        let isGlobal = answer["global"].bool == true || response[header: "x-ratelimit-global"] != nil
        if isGlobal { limits.noteGlobal(wait, now: .now()) }
        return .limited(retryAfter: wait, isEverywhere: isGlobal)
    }

    private func send(
        _ method: CurlRequest.Method, _ path: String, _ body: JSONValue?
    ) throws(ChannelError) -> CurlResponse {
        var headers = [CurlHeader("Authorization", "Bot \(settings.token)")]
        if body != nil { headers.append(CurlHeader("Content-Type", "application/json")) }
        let request = CurlRequest(
            method, settings.address + path, headers: headers, body: body?.utf8(), timeout: Self.timeout,
            bodyLimitBytes: Self.answerLimitBytes)
        do throws(CurlError) {
            return try client.send(request)
        } catch {
            throw ChannelError(error)
        }
    }
}

/// A call that Discord will never do: its own code, such as 50001, and its words.
struct DiscordRefusal: Error, Equatable {
    let status: Int
    let code: Int
    let words: String

    init(status: Int, _ answer: JSONValue) {
        self.status = status
        code = answer["code"].int ?? 0
        let message = Printable.text(answer["message"].string ?? "").clipped(toBytes: 200)
        words =
            "status \(status)" + (code == 0 ? "" : ", code \(code)") + (message.isEmpty ? "" : ": \(message)")
    }
}

extension ChannelError {
    /// No certificate becomes right by waiting, but that of a proxy in a hotel goes: it is tried again.
    init(_ error: CurlError) {
        self = .offline(detail: error.problem)
    }
}
