import OrchCore
import Testing

@Suite struct CommandsRuleTests {
    private func said(
        _ body: String, on task: AgentTask, by author: String = "octo", at moment: Timestamp = noon
    ) -> CommandsRule.Said {
        let comment = ThreadComment(
            TrackedComment(id: "1", author: author, body: body, createdAt: moment), thread: task.key.id)
        return CommandsRule.Said(
            comment: comment, meaning: CommentReading.meaning(of: comment), task: task)
    }

    private func decide(_ said: CommandsRule.Said, lately: Int = 0) -> CommandsRule.Step? {
        var picture = CommandsRule.Picture()
        picture.said = [said]
        picture.drivers = ["octo"]
        picture.lately[said.comment.thread] = lately
        return CommandsRule.decide(picture).first
    }

    @Test func `a command by who may not drive is refused, plain words of theirs are nothing`() {
        let task = task(7, .inReview)
        guard case .refuse = decide(said("/retry", on: task, by: "mallory")) else {
            Issue.record("not refused")
            return
        }
        #expect(decide(said("nice", on: task, by: "mallory")) == nil)
    }

    @Test(
        arguments: [
            (TaskStatus.new, nil), (.routed, nil), (.inProgress, nil), (.done, .restart),
            (.inReview, .restart),
            (.needsReview, .restart), (.blocked, .restart),
        ] as [(TaskStatus, CommandsRule.Way?)])
    func `plain words send a task back that nobody works on`(status: TaskStatus, way: CommandsRule.Way?) {
        let said = said("Please add a test", on: task(7, status))
        #expect(decide(said) == way.map { .heed(said, $0) })
    }

    @Test func `words that the last attempt has read do nothing; those that it has not do`() {
        var said = said("Please", on: task(7, .inReview))
        said.lastRunAt = noon + .seconds(1)
        #expect(decide(said) == nil)
        said.lastRunAt = noon - .seconds(1)
        #expect(decide(said) == .heed(said, .restart))
        said.isRunning = true
        #expect(decide(said) == .heed(said, .tell))
    }

    @Test func `thanks on a closed issue start nothing, nor do words while parts are under way`() {
        #expect(decide(said("Thanks!", on: task(7, .done) { $0.isClosed = true })) == nil)
        var waiting = said("Hm", on: task(7, .blocked))
        waiting.waitsForChildren = true
        #expect(decide(waiting) == nil)
        #expect(decide(said("Hm", on: task(7, .inReview) { $0.isTrusted = false })) == nil)
    }

    @Test func `what comes faster than people talk is refused`() {
        guard case .refuse = decide(said("/help", on: task(7)), lately: CommandsRule.threadLimit) else {
            Issue.record("not refused")
            return
        }
    }
}
