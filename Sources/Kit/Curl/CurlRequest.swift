/// One request over HTTP or HTTPS.
package struct CurlRequest: Sendable {
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    /// Many times what an API answers.
    package static let defaultBodyLimitBytes = 8 << 20

    package var method: Method
    /// `https://…`; `http://…` only where the settings allow it.
    package var url: String
    package var headers: [CurlHeader]
    /// nil sends none, which for a `post` is one of no bytes.
    package var body: [UInt8]?
    /// For the whole of it, from the name's resolution to the last byte.
    package var timeout: Duration
    /// The longest answer that is taken.
    package var bodyLimitBytes: Int

    package init(
        _ method: Method = .get, _ url: String, headers: [CurlHeader] = [], body: [UInt8]? = nil,
        timeout: Duration = .seconds(30), bodyLimitBytes: Int = defaultBodyLimitBytes
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.bodyLimitBytes = bodyLimitBytes
    }
}

/// A field of a request or an answer.
package struct CurlHeader: Equatable, Sendable {
    /// In an answer it is in lower case.
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
        (self.name, self.value) = (name, value)
    }
}

/// What a server has answered, whatever its status: a 404 is an answer.
package struct CurlResponse: Equatable, Sendable {
    package var status: Int
    package var headers: [CurlHeader]
    package var body: [UInt8]

    package init(status: Int, headers: [CurlHeader] = [], body: [UInt8] = []) {
        (self.status, self.headers, self.body) = (status, headers, body)
    }

    /// The value of the first header of that name, whatever its case.
    package subscript(header name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name == wanted }?.value
    }
}

/// What holds for all requests of a client, or for a stream.
package struct CurlSettings: Sendable {
    /// A file of certificates in PEM: trusted instead of the system's authorities. nil trusts those.
    package var authoritiesPath: String?
    package var userAgent: String
    /// For the name, the connection and the TLS handshake together.
    package var connectTimeout: Duration
    /// Lets `http://` through, for a server of one's own on this machine.
    package var allowsPlainHTTP: Bool

    package init(
        userAgent: String, authoritiesPath: String? = nil, connectTimeout: Duration = .seconds(10),
        allowsPlainHTTP: Bool = false
    ) {
        self.userAgent = userAgent
        self.authoritiesPath = authoritiesPath
        self.connectTimeout = connectTimeout
        self.allowsPlainHTTP = allowsPlainHTTP
    }
}
