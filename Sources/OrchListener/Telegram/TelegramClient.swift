import Curl
import JSON

/// Calls of the Bot API, one at a time. It belongs to one thread.
final class TelegramClient {
    private let curl: CurlClient
    /// With the token: it must never be shown.
    private let base: String

    /// An answer of more is none of Telegram's: a hundred updates of 4096 characters, much of it twice.
    private static let answerLimitBytes = 16 << 20

    init(_ curl: consuming CurlClient, apiURL: String, token: String) {
        self.curl = curl
        var address = apiURL
        while address.hasSuffix("/") { address.removeLast() }
        base = "\(address)/bot\(token)/"
    }

    /// The status of the last answer; 0 where there was none.
    private(set) var lastStatus = 0

    /// - Parameter timeout: for the whole call.
    /// - Returns: the answer's `result`.
    func call(
        _ method: String, _ parameters: JSONObject, timeout: Duration = .seconds(30)
    ) throws(ChannelError) -> JSONValue {
        let request = CurlRequest(
            .post, base + method, headers: [CurlHeader("Content-Type", "application/json")],
            body: Array(JSONValue.object(parameters).text().utf8), timeout: timeout,
            bodyLimitBytes: Self.answerLimitBytes)
        lastStatus = 0
        let response: CurlResponse
        do throws(CurlError) { response = try curl.send(request) } catch {
            // None of its words holds more of the address than the host.
            throw .offline(detail: error.problem)
        }
        lastStatus = response.status
        let answer = try? JSONValue(parsing: response.body)
        if response.status == 200, let answer, answer["ok"].bool == true { return answer["result"] }
        throw Self.error(status: response.status, answer ?? .null)
    }

    /// By the code; the description is for people.
    static func error(status: Int, _ answer: JSONValue) -> ChannelError {
        let words = answer["description"].string ?? "status \(status)"
        switch answer["error_code"].int ?? status {
        // A token that is none makes an address that is none.
        case 401, 404: return .unauthorized(detail: words)
        case 409: return .conflict(detail: words)
        case 429: return .limited(retryAfter: .seconds(max(1, answer["parameters"]["retry_after"].int ?? 5)))
        case 400, 403, 413: return .refused(detail: words)
        case 500...599: return .offline(detail: words)
        default: return .broken(detail: words)
        }
    }
}
