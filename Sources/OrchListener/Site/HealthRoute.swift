import HTTP

/// Whether the listener is there: for whoever watches over it, so it says nothing else.
enum HealthRoute {
    static var health: Route {
        Route("GET", "/healthz", .anyone) { _, responder in responder.respond(.text(200, "ok\n")) }
    }
}
