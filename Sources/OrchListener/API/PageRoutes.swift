import HTTP
import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The page: a few files that are the same for everybody, and hold nothing of anybody's.
package enum PageRoutes {
    private static let files = [
        (path: "/", name: "index.html", media: "text/html; charset=utf-8"),
        (path: "/page.css", name: "page.css", media: "text/css; charset=utf-8"),
        (path: "/page.js", name: "page.js", media: "text/javascript; charset=utf-8"),
        (path: "/page.svg", name: "page.svg", media: "image/svg+xml"),
    ]

    /// Its own files and its own server, and nothing else: whatever got into it could load nothing and tell
    /// nobody.
    private static let policy = """
        default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
        base-uri 'none'; form-action 'none'; frame-ancestors 'none'
        """

    private static let fileLimitBytes = 1 << 20

    /// - Parameter folder: where its files were installed; nil: nowhere.
    package static func routes(folder: String?) -> [Route] {
        files.map { file in
            Route("GET", file.path, .anyone) { _, responder in
                responder.respond(answer(folder.map { "\($0)/\(file.name)" }, file.media))
            }
        }
    }

    /// Read anew each time: it is small, it is seldom asked for, and who works on it sees at once.
    private static func answer(_ path: String?, _ media: String) -> HTTPResponse {
        guard let path, let file = try? FileDescriptor(opening: path, O_RDONLY),
            let bytes = try? file.readToEnd(limit: fileLimitBytes, subject: path)
        else { return .text(404, "the page was not installed; `scripts/install` brings it along\n") }
        return HTTPResponse(
            200,
            [
                "Content-Type": media, "Content-Security-Policy": policy, "Cache-Control": "no-cache",
                "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
                "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
            ], body: bytes)
    }
}
