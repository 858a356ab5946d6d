/// A request without its body.
package struct HTTPRequestHead: Sendable {
    /// By which socket a request came: who may do what can depend on it.
    package enum Transport: Equatable, Sendable {
        /// From this address, which is a proxy's or a tunnel's where there is one.
        case tcp(peer: String)
        /// By a unix socket, whose permissions say who may connect.
        case unix
    }

    /// Case counts (RFC 9110 §9.1).
    package let method: String
    package let target: HTTPTarget
    package let fields: HTTPFields
    package let transport: Transport
    /// 0 or 1, of HTTP/1.
    let minorVersion: Int

    /// Whether the connection is to go on after the answer (RFC 9112 §9.3).
    var keepsConnection: Bool {
        let words = fields.words(of: "connection")
        if words.contains("close") { return false }
        return minorVersion == 1 || words.contains("keep-alive")
    }

    /// Whether the sender waits to be told to go on before it sends the body (RFC 9110 §10.1.1).
    var expectsContinue: Bool { minorVersion == 1 && fields.words(of: "expect").contains("100-continue") }
}

package struct HTTPRequest: Sendable {
    package let head: HTTPRequestHead
    /// As it was sent, less the chunks' framing.
    package let body: [UInt8]

    package var method: String { head.method }
    package var target: HTTPTarget { head.target }
    package var fields: HTTPFields { head.fields }
}
