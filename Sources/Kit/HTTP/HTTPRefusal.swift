/// Why a request is not taken on: the status it is answered with, and a sentence for whoever sent it.
package struct HTTPRefusal: Error, Equatable, Sendable {
    package let status: Int
    package let problem: String

    package init(_ status: Int, _ problem: String) { (self.status, self.problem) = (status, problem) }

    /// As plain text; the connection is closed after it, since where the next request begins is not known.
    package var response: HTTPResponse { .text(status, problem + "\n") }
}
