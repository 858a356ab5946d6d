import HTTP
import SHA2

/// What shows that a delivery is GitHub's: the HMAC-SHA256 of its raw bytes, by a secret that both know.
struct WebhookSignature: Sendable {
    /// With the secret taken in, which need not be done anew each time.
    private let code: HMACSHA256

    init(secret: String) { code = HMACSHA256(key: secret.utf8) }

    private static let prefix = "sha256="

    /// Why these bytes are not taken for GitHub's; nil where they are. The time it takes does not tell how
    /// much of a wrong signature is right.
    ///
    /// GitHub sends a SHA-1 as well, `X-Hub-Signature`: that counts for nothing here.
    func refusal(of body: [UInt8], _ fields: HTTPFields) -> HTTPRefusal? {
        guard let signature = fields["X-Hub-Signature-256"] else {
            return HTTPRefusal(401, "there is no X-Hub-Signature-256: give the webhook a secret")
        }
        guard signature.hasPrefix(Self.prefix),
            let claimed = Hexadecimal.decode(signature.dropFirst(Self.prefix.count))
        else { return HTTPRefusal(401, "the X-Hub-Signature-256 is none") }
        var code = code
        code.update(body)
        guard isEqualInConstantTime(claimed, code.finalize()) else {
            return HTTPRefusal(401, "the signature is not that of this body: the secrets differ")
        }
        return nil
    }
}
