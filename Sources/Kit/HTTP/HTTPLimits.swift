/// What a server takes from its clients, and how long it waits for them.
package struct HTTPLimits: Sendable {
    /// The request line and all fields. What browsers and proxies send stays below 8 kB.
    package var headBytes = 16 << 10
    package var fieldCount = 100
    /// Connections at a time. With as many, the one that has been idle for longest is closed for a new one;
    /// where none is idle, new ones wait in the system's queue.
    package var connections = 256
    /// Bodies of all requests that have not been answered; beyond it the largest that is still
    /// coming is refused with 503: one that stops on its way is not to keep others out.
    package var bodyBytes = 64 << 20
    /// From the first byte of a head, or a new connection, to the head's end.
    package var headTimeout = Duration.seconds(10)
    /// From the head's end to the body's.
    package var bodyTimeout = Duration.seconds(60)
    /// Between two requests of a connection.
    package var idleTimeout = Duration.seconds(60)
    /// How long a client may take nothing of what it is sent.
    package var writeTimeout = Duration.seconds(30)
    /// How much of a stream waits for a slow client; see `HTTPStream.write`.
    package var streamBytes = 256 << 10
    /// How long what a client still sends is read and dropped after the last answer: a connection that is
    /// closed over unread bytes is reset, and the answer is lost with it (RFC 9112 §9.6).
    package var lingerTimeout = Duration.seconds(2)
    /// How much of it.
    package var lingerBytes = 8 << 20

    package init() {}
}
