import KitTesting
import OrchCore
import Testing

/// What holds for every tick, whatever the picture.
@Suite struct SnapshotPropertyTests {
    private static let phases: [@Sendable (Snapshot) -> [Decision]] = [
        Collecting.decide, Rescuing.decide, Intaking.decide, Unblocking.decide, Routing.decide,
        Dispatching.decide, Labelling.decide,
    ]

    private func eachPicture(_ body: (Snapshot) -> Void) {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<3_000 { body(RandomSnapshot.make(&generator)) }
    }

    private func tick(_ snapshot: Snapshot) -> (decisions: [Decision], after: Snapshot) {
        Self.phases.reduce((decisions: [], after: snapshot)) { result, decide in
            let decisions = decide(result.after)
            return (result.decisions + decisions, result.after.after(decisions))
        }
    }

    @Test func `no task has two live runs, and no project more than its limit`() {
        eachPicture { snapshot in
            let (decisions, after) = tick(snapshot)
            let started = decisions.compactMap { if case .dispatch(let key) = $0 { key } else { nil } }
            #expect(Set(started).count == started.count)
            #expect(started.allSatisfy { !snapshot.hasLiveRun($0) })
            for project in snapshot.projects.values
            where started.contains(where: { $0.project == project.id }) {
                #expect(after.liveRuns(of: project.id) <= project.settings.workflow.parallel)
            }
        }
    }

    @Test func `nothing is done with a task of somebody who may not drive orch`() {
        eachPicture { snapshot in
            for decision in tick(snapshot).decisions {
                guard let task = snapshot.task(decision.task), task.isTrusted != true else { continue }
                let isAdmitted = tick(snapshot).decisions.contains(.admit(task.key))
                switch decision {
                case .collect, .takeOver, .giveUp, .stop, .admit, .ignore, .schedule: break
                case .recover, .unblock, .route, .ask, .hold, .dispatch, .label:
                    #expect(isAdmitted, "\(decision)")
                }
                if isAdmitted {
                    #expect(task.key.backend == .internal || ["octo", "alice"].contains(task.author))
                }
            }
        }
    }

    @Test func `no agent at its limit, no missing tool, no held or parked task starts`() {
        eachPicture { snapshot in
            let (decisions, after) = tick(snapshot)
            for case .dispatch(let key) in decisions {
                guard let task = after.task(key), let agent = task.agent else {
                    Issue.record("a task without an agent was started")
                    continue
                }
                #expect(!after.isTripped(agent) && !task.isHeld && !task.isClosed)
                #expect(task.parkedUntil.map { $0 <= snapshot.now } ?? true)
                #expect(snapshot.missingTools[key.project] == nil && task.attempts < 3)
                #expect(!snapshot.foreignClaims.contains(key))
            }
        }
    }

    @Test func `a phase that decides again after it was performed has nothing new to say`() {
        eachPicture { snapshot in
            var picture = snapshot
            for (index, decide) in Self.phases.enumerated() {
                picture = picture.after(decide(picture))
                let again = decide(picture).filter {
                    // A host that has not reported is told so again until it does.
                    if case .takeOver(let run, _) = $0 { run.host != nil } else { true }
                }
                #expect(again.isEmpty, "phase \(index): \(again)")
            }
        }
    }

    @Test func `no limit of an account costs an attempt`() {
        eachPicture { snapshot in
            for case .collect(let run, let consequence) in Collecting.decide(snapshot)
            where consequence.breaker != nil && snapshot.task(run.task)?.status == .inProgress {
                #expect(consequence.changes.contains(.attempts(max(0, run.attempt - 1))))
            }
        }
    }

    @Test func `the decisions of a picture are always the same`() {
        eachPicture { snapshot in #expect(tick(snapshot).decisions == tick(snapshot).decisions) }
    }
}
