/// What somebody may do by a chat or the API; who has none may do nothing.
package enum Role: String, CaseIterable, Comparable, Sendable {
    /// Look at everything.
    case viewer
    /// And give, steer and stop work.
    case `operator`
    /// And have it published: approve and merge.
    case owner

    package static func < (left: Role, right: Role) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
