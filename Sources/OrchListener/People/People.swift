/// Who may drive orch from a chat: by number, since names can be taken by others. Nobody who is not here is
/// answered.
package struct People: Equatable, Sendable {
    private let roles: [Person: Role]

    package init(_ roles: [Person: Role] = [:]) { self.roles = roles }

    package func role(of person: Person) -> Role? { roles[person] }

    package var isEmpty: Bool { roles.isEmpty }
}
