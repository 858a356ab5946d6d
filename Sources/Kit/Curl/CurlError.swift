import CCurl

/// Why there is no answer. None of them says more of the address than its host: a path may hold a token.
package enum CurlError: Error, Equatable, Sendable {
    case libraryUnusable(names: [String], reason: String)
    /// An address or a header that is none, which our own side has made.
    case malformed(String)
    case hostUnknown(String)
    case unreachable(host: String, reason: String)
    /// The other end is not proven to be `host`: its certificate is expired, another host's, or signed by
    /// nobody known.
    case untrusted(host: String, reason: String)
    /// The file with the authorities to trust cannot be read.
    case authoritiesUnusable(path: String)
    /// The TLS handshake failed before any certificate was judged.
    case handshakeFailed(host: String, reason: String)
    case timedOut(host: String, after: Duration)
    /// The answer is longer than the caller takes.
    case tooLarge(host: String, limitBytes: Int)
    /// `CurlCancellation.cancel` was called.
    case cancelled
    /// The connection ended, or broke, in the middle.
    case broken(host: String, reason: String)

    /// What went wrong, with the values.
    package var problem: String {
        switch self {
        case .libraryUnusable(let names, let reason):
            "none of \(names.joined(separator: ", ")) can be used: \(reason)"
        case .malformed(let what): what
        case .hostUnknown(let host): "the name of \(host) cannot be resolved"
        case .unreachable(let host, let reason): "\(host) cannot be reached: \(reason)"
        case .untrusted(let host, let reason): "\(host) does not prove who it is: \(reason)"
        case .authoritiesUnusable(let path): "the file of trusted authorities “\(path)” cannot be read"
        case .handshakeFailed(let host, let reason): "no TLS with \(host): \(reason)"
        case .timedOut(let host, let length): "\(host) has not answered within \(length)"
        case .tooLarge(let host, let limit): "\(host) answers with more than \(limit) bytes"
        case .cancelled: "the request was called off"
        case .broken(let host, let reason): "the connection to \(host) broke: \(reason)"
        }
    }

    /// What a person can do next.
    package var fix: String {
        switch self {
        case .libraryUnusable: "install libcurl 7.68 or newer (Debian and Ubuntu: `apt-get install libcurl4`)"
        case .malformed: "correct the address"
        case .hostUnknown: "check the name, and that this machine reaches a name server"
        case .unreachable, .timedOut, .broken: "check the network; it is tried again by itself"
        case .untrusted: "check the clock and the address; a private authority has to be named by its file"
        case .authoritiesUnusable: "check the path, and that it holds certificates in PEM"
        case .handshakeFailed: "check the address and its port, and what stands between"
        case .tooLarge: "ask for less"
        case .cancelled: "nothing: it was meant"
        }
    }

    /// Whether the same request may succeed later, with nothing changed here.
    package var isPassing: Bool {
        switch self {
        case .hostUnknown, .unreachable, .timedOut, .broken, .handshakeFailed: true
        case .libraryUnusable, .malformed, .untrusted, .authoritiesUnusable, .tooLarge, .cancelled: false
        }
    }
}

/// The values of libcurl's `CURLcode` that are told apart.
enum CurlCode {
    static let ok: Int32 = 0
    static let again = Int32(CCURLE_AGAIN)
    static let tooOld = Int32(CCURLE_UNKNOWN_OPTION)

    /// The error for a transfer that ended with `code`.
    static func error(_ code: Int32, _ target: CurlTarget, reason: String) -> CurlError {
        let host = target.host
        guard code > 0 else { return .broken(host: host, reason: reason) }
        switch Int(code) {
        case CCURLE_UNSUPPORTED_PROTOCOL, CCURLE_URL_MALFORMAT:
            return .malformed("the address of \(host) is none that is understood: \(reason)")
        case CCURLE_COULDNT_RESOLVE_HOST, CCURLE_COULDNT_RESOLVE_PROXY:
            return .hostUnknown(host)
        case CCURLE_COULDNT_CONNECT: return .unreachable(host: host, reason: reason)
        case CCURLE_OPERATION_TIMEDOUT: return .timedOut(host: host, after: target.timeout)
        case CCURLE_PEER_FAILED_VERIFICATION, CCURLE_OBSOLETE51,
            CCURLE_SSL_ISSUER_ERROR:
            return .untrusted(host: host, reason: reason)
        case CCURLE_SSL_CONNECT_ERROR: return .handshakeFailed(host: host, reason: reason)
        case CCURLE_SSL_CACERT_BADFILE:
            return .authoritiesUnusable(path: target.authoritiesPath ?? "the system's")
        default: return .broken(host: host, reason: reason)
        }
    }
}

/// What an error has to say of a transfer.
struct CurlTarget {
    let host: String
    let timeout: Duration
    let authoritiesPath: String?
}
