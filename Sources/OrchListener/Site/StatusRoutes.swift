import HTTP

/// How the listener is, for whoever watches over it.
struct StatusRoutes {
    /// Why it cannot do its work just now; nil: it can.
    let unreadiness: () -> String?
    let metrics: () -> [Metric]

    var routes: [Route] {
        [
            // It answers, so it lives: and says no more, as anybody may ask.
            Route("GET", "/healthz", .anyone) { _, responder in responder.respond(.text(200, "ok\n")) },
            Route("GET", "/readyz", .local) { _, responder in
                let problem = unreadiness()
                responder.respond(.text(problem == nil ? 200 : 503, (problem ?? "ready") + "\n"))
            },
            Route("GET", "/metrics", .local) { _, responder in
                let type = "text/plain; version=0.0.4; charset=utf-8"
                let text = Metric.text(metrics())
                responder.respond(HTTPResponse(200, ["Content-Type": type], body: Array(text.utf8)))
            },
        ]
    }
}
