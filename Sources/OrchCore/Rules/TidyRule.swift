/// What finished tasks have left goes where it is proven to be somewhere else too, and what old runs have
/// left goes by its age. Everything else stays, and is said once.
package enum TidyRule {
    /// What the phase has seen of one project.
    package struct Picture: Equatable, Sendable {
        package var tasks: [Finding] = []
        /// What is older than the retention.
        package var old: [OldThing] = []

        package init() {}
    }

    package struct Finding: Equatable, Sendable {
        package let task: AgentTask
        package let remains: Remains
        /// Why it was kept the last time; nil where that was not said.
        package var lastReason: String?

        package init(task: AgentTask, remains: Remains, lastReason: String? = nil) {
            self.task = task
            self.remains = remains
            self.lastReason = lastReason
        }
    }

    /// So much at once, and the rest with the next look: a year's attempts are no reason to hold a lease.
    package static let oldLimit = 500

    package static func decide(_ picture: Picture) -> [Step] {
        var steps = picture.tasks.compactMap(step)
        let old = Array(picture.old.prefix(oldLimit))
        if !old.isEmpty { steps.append(.sweep(old)) }
        return steps
    }

    private static func step(_ finding: Finding) -> Step? {
        switch finding.remains {
        case .nothing: .settle(finding.task)
        case .proven(let left): .remove(finding.task, left)
        case .unproven(let reason): reason == finding.lastReason ? nil : .keep(finding.task, reason: reason)
        }
    }

    package enum Step: SyncStep, Equatable {
        case remove(AgentTask, Remains.Leftovers)
        /// There is nothing left to remove.
        case settle(AgentTask)
        case keep(AgentTask, reason: String)
        case sweep([OldThing])

        package var task: TaskKey? {
            switch self {
            case .remove(let task, _), .settle(let task), .keep(let task, _): task.key
            case .sweep: nil
            }
        }

        package var sentence: String {
            switch self {
            case .remove(_, let left):
                [left.worktree.map { "removes \($0)" }, left.branch.map { "deletes the branch \($0)" }]
                    .compactMap { $0 }.joined(separator: ", ")
            case .settle: "its worktree is gone already"
            case .keep(_, let reason): "kept: \(reason)"
            case .sweep(let old):
                "removes what is old: "
                    + [OldThing.Kind.attempt, .log, .file, .session].compactMap { kind in
                        let count = old.count { $0.kind == kind }
                        return count == 0 ? nil : "\(count) \(kind.rawValue)\(count == 1 ? "" : "s")"
                    }.joined(separator: ", ")
            }
        }
    }
}
