package import OrchCore

/// Who may drive orch from a chat: by number, since names can be taken by others. Nobody who is not here is
/// answered.
package struct People: Equatable, Sendable {
    private let roles: [Person: Role]

    package init(_ roles: [Person: Role] = [:]) { self.roles = roles }

    /// Those of the configuration.
    package init(_ settings: [String: [String: Role]]) {
        var roles: [Person: Role] = [:]
        for (name, people) in settings {
            guard let service = ChatService(name) else { continue }
            for (id, role) in people { roles[Person(service: service, id: id)] = role }
        }
        self.roles = roles
    }

    package func role(of person: Person) -> Role? { roles[person] }

    /// Whether anybody may talk to orch there.
    package func hasAnybody(on service: ChatService) -> Bool { roles.keys.contains { $0.service == service } }
}
