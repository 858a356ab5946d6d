package import HTTP

/// One thing that the listener answers: a method, a path, and who may ask.
package struct Route {
    /// Who may ask at all; what a route asks of its visitors beyond that is its own.
    package enum Audience: Sendable {
        /// Whoever reaches the listener.
        case anyone
        /// This machine's own programs: by the unix socket, or by TCP and then in the name of this machine
        /// and not through a proxy or a tunnel. A page of somebody else's in a browser here is kept out by
        /// that too: its requests bear its own server's name.
        case local
        /// Whoever may use the API, from wherever: see `APIGate`.
        case people
    }

    package let method: String
    /// `/api/tasks/{project}/{id}`: a part in braces stands for any one part.
    package let path: String
    package let audience: Audience
    /// How large a body may be.
    package let bodyLimitBytes: Int
    package let action: (Visit, HTTPResponder) -> Void
    let pattern: [Part]

    enum Part: Equatable {
        case exactly(String)
        case any(name: String)
    }

    package init(
        _ method: String, _ path: String, _ audience: Audience, bodyLimitBytes: Int = 0,
        _ action: @escaping (Visit, HTTPResponder) -> Void
    ) {
        self.method = method
        self.path = path
        self.audience = audience
        self.bodyLimitBytes = bodyLimitBytes
        self.action = action
        pattern = path.split(separator: "/").map { part in
            part.hasPrefix("{") && part.hasSuffix("}")
                ? .any(name: String(part.dropFirst().dropLast())) : .exactly(String(part))
        }
    }

    /// What stands for the parts in braces; nil where the path is another.
    func match(_ segments: [String]) -> [String: String]? {
        guard segments.count == pattern.count else { return nil }
        var parameters: [String: String] = [:]
        for (part, segment) in zip(pattern, segments) {
            switch part {
            case .exactly(let text): guard text == segment else { return nil }
            case .any(let name):
                guard !segment.isEmpty else { return nil }
                parameters[name] = segment
            }
        }
        return parameters
    }
}

/// A request at the route that it is for.
package struct Visit: Sendable {
    package let request: HTTPRequest
    /// By the names in the route's path.
    package let parameters: [String: String]
}
