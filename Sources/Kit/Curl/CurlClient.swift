import CCurl

/// Sends requests one after the other and waits for each; connections are kept and used again.
///
/// For one thread. The chain of certificates and the host's name are always verified, redirections are not
/// followed (whoever follows one takes along what the address or the headers hold), and the environment's
/// `https_proxy` and `no_proxy` count.
package final class CurlClient {
    private let transfer: CurlTransfer
    private let settings: CurlSettings
    private let cancellation: CurlCancellation

    package init(
        _ library: CurlLibrary, _ settings: CurlSettings, cancellation: CurlCancellation = CurlCancellation()
    ) throws(CurlError) {
        transfer = try CurlTransfer(library)
        self.settings = settings
        self.cancellation = cancellation
    }

    /// Sends the request and returns the answer, whatever its status.
    ///
    /// A request that finds a kept connection dead before a byte came back is sent once more on a new one.
    package func send(_ request: CurlRequest) throws(CurlError) -> CurlResponse {
        transfer.reset()
        let target = try transfer.prepare(request.url, settings, timeout: request.timeout)
        try set(request)
        let answer = CurlAnswer(limitBytes: request.bodyLimitBytes)
        let receiver = UnsafeRawPointer(Unmanaged.passUnretained(answer).toOpaque())
        try transfer.set(CCURLOPT_WRITEDATA, receiver)
        try transfer.set(CCURLOPT_WRITEFUNCTION, CurlAnswer.takeBody)
        try transfer.set(CCURLOPT_HEADERDATA, receiver)
        try transfer.set(CCURLOPT_HEADERFUNCTION, CurlAnswer.takeHeader)
        let code: Int32
        do throws(CurlError) {
            code = try withExtendedLifetime(answer) { () throws(CurlError) in try transfer.run(cancellation) }
        } catch {
            // It may still hold the answer's address.
            transfer.reset()
            throw error
        }
        if answer.isOverLimit {
            throw .tooLarge(host: target.host, limitBytes: request.bodyLimitBytes)
        }
        guard code == CurlCode.ok else {
            throw CurlCode.error(code, target, reason: transfer.reason(for: code))
        }
        return CurlResponse(
            status: transfer.number(CCURLINFO_RESPONSE_CODE), headers: answer.headers, body: answer.body)
    }

    /// Whether the last request had to connect anew.
    package var hasConnected: Bool { transfer.number(CCURLINFO_NUM_CONNECTS) > 0 }

    private func set(_ request: CurlRequest) throws(CurlError) {
        let body = request.body ?? (request.method == .post ? [] : nil)
        if let body {
            try transfer.set(CCURLOPT_POST, 1)
            try transfer.set(copyingBody: body)
        } else {
            try transfer.set(CCURLOPT_HTTPGET, 1)
        }
        try transfer.set(CCURLOPT_CUSTOMREQUEST, text: request.method.rawValue)
        // Without it libcurl would wait a second for the leave to send a longer body.
        try transfer.set(headers: CurlAddress.lines(of: request.headers) + ["Expect:"])
    }
}
