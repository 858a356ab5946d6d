import OrchCore
import Testing

@Suite struct MergingTests {
    /// The tracker's picture of a task that orch knows, at a moment after it was last seen.
    private func picture(_ labels: [String], age: Int = 10) -> TrackedTask {
        var tracked = TrackedTask(id: "1", title: "Title", labels: labels, author: "octo")
        tracked.updatedAt = noon + .seconds(age)
        return tracked
    }

    /// As the store knows it, with the label that shows its status.
    private func known(_ status: TaskStatus, _ change: (inout AgentTask) -> Void = { _ in }) -> AgentTask {
        task(1, status) {
            $0.labels = [status.label]
            change(&$0)
        }
    }

    @Test func `a new issue is new, or where its label says it stands`() {
        #expect(Merging.task(picture([]), key: issue(1)).status == .new)
        let blocked = Merging.task(picture(["status:blocked", "agent:codex"]), key: issue(1))
        #expect(blocked.status == .blocked && blocked.labelledStatus == .blocked)
        #expect(blocked.agent == .codex && blocked.agentIsPinned && blocked.isTrusted == nil)
    }

    @Test(arguments: TaskStatus.allCases) func `a person's label is obeyed`(wish: TaskStatus) {
        let merged = Merging.task(picture([wish.label]), into: known(.needsReview))
        #expect(merged.status == wish && merged.labelledStatus == wish)
    }

    @Test func `a task that is sent back starts over`() {
        let worn = known(.needsReview) {
            $0.attempts = 10
            $0.isHeld = true
            $0.sameErrorCount = 3
            $0.parkedUntil = noon + .seconds(999)
        }
        let merged = Merging.task(picture(["status:new"]), into: worn)
        #expect(
            merged.attempts == 0 && !merged.isHeld && merged.sameErrorCount == 0 && merged.parkedUntil == nil)
    }

    @Test func `a label taken away means from the start`() {
        let merged = Merging.task(picture(["bug"]), into: known(.needsReview) { $0.attempts = 3 })
        #expect(merged.status == .new && merged.attempts == 0 && merged.labelledStatus == nil)
    }

    @Test func `a label added beside the old one is the wish, and the old one is to go`() {
        for labels in [["status:needs_review", "status:new"], ["status:new", "status:needs_review"]] {
            let merged = Merging.task(picture(labels), into: known(.needsReview))
            #expect(merged.status == .new && merged.labelledStatus != .new)
            #expect(
                Labelling.decide(snapshot([merged.applying([.trusted(true)])])) == [.label(issue(1), .new)])
            let written = merged.applying([.labelledStatus(.new)])
            #expect(Merging.task(picture(labels), into: written).status == .new)
            #expect(Merging.task(picture(["status:new"], age: 20), into: written).status == .new)
        }
    }

    @Test func `orch's own label, written before a crash kept that from the row, is nobody's wish`() {
        let parked = known(.routed) {
            $0.labelledStatus = .inProgress
            $0.labels = ["status:in_progress"]
            $0.attempts = 3
            $0.parkedUntil = noon + .seconds(999)
        }
        let merged = Merging.task(picture(["status:routed"]), into: parked)
        #expect(merged.attempts == 3 && merged.parkedUntil != nil && merged.labelledStatus == .routed)
    }

    @Test func `a host's last label does not give the attempts back`() {
        let merged = Merging.task(picture(["status:routed"]), into: known(.inProgress) { $0.attempts = 3 })
        #expect(merged.attempts == 3)
    }

    @Test func `a picture that is older than orch's own last write tells nothing of the status`() {
        // Written since: in_progress; the list still shows what was there before.
        let ahead = known(.inProgress) { $0.labels = ["status:routed"] }
        #expect(Merging.task(picture(["status:routed"], age: 0), into: ahead).status == .inProgress)
        #expect(
            Merging.task(picture(["status:new"], age: -5), into: known(.inProgress)).status == .inProgress)
    }

    @Test func `a person who speaks in the second of orch's own write is heard`() {
        // Written in the second in which the issue was last seen to change: routed, over new.
        let ahead = known(.routed) { $0.labels = ["status:new"] }
        for wish in [TaskStatus.blocked, .needsReview, .done] {
            let merged = Merging.task(picture([wish.label], age: 0), into: ahead)
            #expect(merged.status == wish && merged.labelledStatus == wish)
        }
        // What orch itself has written on the way there, a list that lags behind may show.
        for label in ["status:in_progress", "status:new", "bug"] {
            #expect(Merging.task(picture([label], age: 0), into: ahead).status == .routed)
        }
        // And a host how its run ended.
        let working = known(.inProgress) { $0.labels = ["status:routed"] }
        let ended = picture(["status:needs_review"], age: 0)
        #expect(Merging.task(ended, into: working).status == .inProgress)
    }

    @Test(arguments: TaskStatus.allCases) func `merging a picture twice changes nothing more`(
        wish: TaskStatus
    ) {
        for labels in [[wish.label], [wish.label, "status:blocked"], [], ["agent:codex", wish.label]] {
            let once = Merging.task(picture(labels), into: known(.needsReview))
            #expect(Merging.task(picture(labels), into: once) == once)
        }
    }

    @Test func `orch's own choice of an agent, shown as a label, is no choice of a person's`() {
        let chosen = known(.inProgress) { $0.agent = .claude }
        let merged = Merging.task(picture(["status:in_progress", "agent:claude"]), into: chosen)
        #expect(merged.agent == .claude && !merged.agentIsPinned)
    }

    @Test func `a label that orch wrote before it failed over does not undo the fail-over`() {
        let failedOver = known(.routed) {
            $0.agent = .codex
            $0.agentIsPinned = true
            $0.failoverChain = [.claude]
        }
        let merged = Merging.task(picture(["status:routed", "agent:claude"]), into: failedOver)
        #expect(merged.agent == .codex && merged.agentIsPinned)
    }

    @Test func `a person's choice of an agent is pinned, and its removal frees the task`() {
        let free = known(.new) {
            $0.agent = .claude
            $0.parkedUntil = Timestamp(seconds: 4_000_000_000)
        }
        let pinned = Merging.task(picture(["status:new", "agent:codex"]), into: free)
        #expect(pinned.agent == .codex && pinned.agentIsPinned)
        #expect(pinned.parkedUntil == nil)
        let freed = Merging.task(picture(["status:new"], age: 20), into: pinned)
        #expect(!freed.agentIsPinned)
    }

    @Test func `an agent that a person pinned by hand stays while the labels say nothing`() {
        let byHand = known(.new) {
            $0.agent = .codex
            $0.agentIsPinned = true
        }
        #expect(Merging.task(picture(["status:new", "bug"]), into: byHand).agentIsPinned)
    }

    @Test func `the title of a trusted task stays, until a person wants it done anew`() {
        var retitled = picture(["status:needs_review"])
        retitled.title = "Something else"
        #expect(Merging.task(retitled, into: known(.needsReview)).title == "Task 1")
        retitled.labels = ["status:new"]
        let again = Merging.task(retitled, into: known(.needsReview))
        #expect(again.title == "Something else" && again.isTrusted == nil)
        let child = Merging.task(retitled, into: known(.needsReview) { $0.parent = issue(9) })
        #expect(child.title == "Task 1" && child.isTrusted == true)
    }

    @Test func `whether a refused author may drive orch is asked again when the issue changes`() {
        let refused = known(.new) { $0.isTrusted = false }
        #expect(Merging.task(picture(["status:new"], age: 0), into: refused).isTrusted == false)
        #expect(Merging.task(picture(["status:new"]), into: refused).isTrusted == nil)
    }

    @Test
    func `closing, labels and complexity are the tracker's, and of a task that is not trusted the title`() {
        var tracked = picture(["status:new", "complexity:simple"])
        tracked.isClosed = true
        let merged = Merging.task(
            tracked,
            into: known(.new) {
                $0.complexity = .complex
                $0.isTrusted = nil
            })
        #expect(merged.title == "Title" && merged.isClosed && merged.complexity == .simple)
        #expect(merged.updatedAt == tracked.updatedAt && merged.author == "octo")
    }
}
