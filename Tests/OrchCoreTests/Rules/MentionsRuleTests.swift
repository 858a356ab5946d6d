import OrchCore
import Testing

@Suite struct MentionsRuleTests {
    private func call(_ id: Int, on thread: String = "7", by author: String = "octo") -> ThreadComment {
        ThreadComment(
            TrackedComment(id: "\(id)", author: author, body: "@orch do it", createdAt: noon), thread: thread)
    }

    private func picture(_ calls: [ThreadComment]) -> MentionsRule.Picture {
        var picture = MentionsRule.Picture()
        picture.calls = calls
        picture.drivers = ["octo"]
        for number in Set(calls.map(\.thread)) {
            picture.threads[number] = CommentThread(number: number, title: "Talk")
        }
        return picture
    }

    @Test func `strangers, closed and lost threads are refused with the reason`() {
        var seen = picture([call(1, by: "mallory"), call(2, on: "8"), call(3, on: "9"), call(4)])
        seen.threads["8"]?.isClosed = true
        seen.threads["9"] = nil
        let steps = MentionsRule.decide(seen)
        #expect(steps.map(\.sentence).map { $0.hasPrefix("not acted on") } == [true, true, true, false])
    }

    @Test func `a thread and a project have their limits, whatever was before`() {
        var seen = picture((1...9).map { call($0) })
        seen.lately["7"] = 2
        func taken(_ seen: MentionsRule.Picture) -> Int {
            MentionsRule.decide(seen).count { if case .take = $0 { true } else { false } }
        }
        #expect(taken(seen) == MentionsRule.threadLimit - 2)
        #expect(taken(picture((1...99).map { call($0, on: "\($0)") })) == MentionsRule.projectLimit)
    }

    @Test func `the words of a stranger's thread reach no agent`() {
        var thread = CommentThread(number: "7", title: "Evil title", body: "Evil body")
        thread.author = "mallory"
        let draft = MentionsRule.draft(of: call(1), in: thread, isTrusted: false, earlier: [])
        #expect(draft.body.contains("@orch do it"))
        #expect(!draft.body.contains("Evil"))
        #expect(draft.key == "mention-1")
        let trusted = MentionsRule.draft(of: call(1), in: thread, isTrusted: true, earlier: [])
        #expect(trusted.body.contains("Evil body"))
    }
}
