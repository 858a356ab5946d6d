package import HTTP

/// All that the listener answers, as a table of routes.
package final class Site: HTTPHandler {
    package private(set) var routes: [Route] = []

    /// Who may ask for what is for people; by TCP nobody, unless it says otherwise.
    package var gate = APIGate(token: "", hosts: [])

    package init() {}

    package func add(_ routes: [Route]) { self.routes += routes }

    /// A request for nothing is answered before its body is read.
    package func admit(_ head: HTTPRequestHead) -> HTTPAdmission {
        switch find(head) {
        case .route(let route, _):
            if route.audience == .local, let refusal = LocalVisit.refusal(of: head) {
                return .answer(refusal.response)
            }
            if route.audience == .people, let refusal = gate.refusal(of: head) { return .answer(refusal) }
            return .body(limitBytes: route.bodyLimitBytes)
        case .otherMethods(let methods):
            var response = HTTPResponse.text(405, "there is no \(head.method) here\n")
            response.fields.add("Allow", methods.joined(separator: ", "))
            return .answer(response)
        case .nothing: return .answer(.text(404, "there is nothing here\n"))
        }
    }

    package func handle(_ request: HTTPRequest, _ responder: HTTPResponder) {
        guard case .route(let route, let parameters) = find(request.head) else {
            return responder.respond(.text(404, "there is nothing here\n"))
        }
        route.action(Visit(request: request, parameters: parameters), responder)
    }

    private enum Finding {
        case route(Route, [String: String])
        case otherMethods([String])
        case nothing
    }

    /// A head alone can be asked for wherever all of it can.
    private func find(_ head: HTTPRequestHead) -> Finding {
        let wanted = head.method == "HEAD" ? "GET" : head.method
        var others: Set<String> = []
        for route in routes {
            guard let parameters = route.match(head.target.segments) else { continue }
            if route.method == wanted { return .route(route, parameters) }
            others.insert(route.method)
            if route.method == "GET" { others.insert("HEAD") }
        }
        return others.isEmpty ? .nothing : .otherMethods(others.sorted())
    }
}
