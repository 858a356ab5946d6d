import OrchCore
import Testing

extension TrackerContract {
    static let threads: [TrackerContract] = [
        TrackerContract("comments come back oldest first, the newest when there are too many") { stage in
            let id = try stage.tracker.create(TaskDraft(title: "x")).id
            for number in 1...4 {
                _ = try stage.tracker.comment("Comment \(number)", on: id, key: "k\(number)", mayExist: false)
            }
            let newest = try stage.tracker.comments(on: id, limit: 2)
            #expect(newest.map { $0.body.prefix(9) } == ["Comment 3", "Comment 4"])
            #expect(try stage.tracker.comments(on: id, limit: 100).count == 4)
        },
        TrackerContract("a comment arrives whole") { stage in
            let id = try stage.tracker.create(TaskDraft(title: "x")).id
            _ = try stage.tracker.comment(awkwardText, on: id, key: "", mayExist: false)
            #expect(try stage.tracker.comments(on: id, limit: 1).map(\.body) == [awkwardText])
        },
        TrackerContract("a comment that may exist is found by its key") { stage in
            let id = try stage.tracker.create(TaskDraft(title: "x")).id
            let first = try stage.tracker.comment("Done.", on: id, key: "run-1", mayExist: true)
            _ = try stage.tracker.comment("Other.", on: id, key: "run-10", mayExist: true)
            #expect(try stage.tracker.comment("Done.", on: id, key: "run-1", mayExist: true) == first)
            #expect(try stage.tracker.comments(on: id, limit: 100).count == 2)
        },
        TrackerContract("strangers' comments are left out, however many there are") { stage in
            guard stage.isShared else { return }
            try stage.admit("friend", mayWrite: true)
            try stage.admit("reader", mayWrite: false)
            let id = try stage.file(TaskDraft(title: "x"), author: "stranger")
            try stage.say("from a friend", by: "friend", on: id)
            for _ in 1...3 { try stage.say("from a stranger", by: "stranger", on: id) }
            try stage.say("from a reader", by: "reader", on: id)
            let comments = try stage.tracker.comments(on: id, limit: 1)
            #expect(comments.map(\.author) == ["friend"])
            #expect(comments.map(\.body) == ["from a friend"])
        },
    ]

    static let families: [TrackerContract] = [
        TrackerContract("a task with a parent is among that one's children, once") { stage in
            let parent = try stage.tracker.create(TaskDraft(title: "Parent")).id
            #expect(try stage.tracker.children(of: parent).isEmpty)
            var draft = TaskDraft(title: "Child")
            draft.parent = TaskKey(project: stage.project, backend: stage.tracker.backend, id: parent)
            draft.key = "run-9-child-1"
            let child = try stage.tracker.create(draft).id
            #expect(try stage.tracker.create(draft).id == child)
            #expect(try stage.tracker.children(of: parent) == [child])
            #expect(try stage.tracker.children(of: child).isEmpty)
        }
    ]

    static let changes: [TrackerContract] = [
        TrackerContract("without a cursor every open task is there, and afterwards only what changed") {
            stage in
            guard stage.isShared else { return }
            let open = try stage.file(TaskDraft(title: "Open"), author: "octo")
            let closed = try stage.file(TaskDraft(title: "Closed"), author: "octo")
            try stage.close(closed)
            let first = try stage.tracker.changes(since: nil)
            #expect(first.tasks.map(\.id) == [open])
            #expect(first.isComplete)

            let quiet = try settle(stage.tracker, from: first.cursor)
            let new = try stage.file(TaskDraft(title: "New"), author: "octo")
            try stage.close(open)
            let second = try stage.tracker.changes(since: quiet)
            #expect(Set(second.tasks.map(\.id)).isSuperset(of: [open, new]))
            #expect(second.tasks.first { $0.id == open }?.isClosed == true)
            #expect(second.tasks.count == Set(second.tasks.map(\.id)).count)
            #expect(!second.isComplete)
        },
        TrackerContract("what was fetched and not acknowledged comes again") { stage in
            guard stage.isShared else { return }
            let quiet = try settle(stage.tracker, from: stage.tracker.changes(since: nil).cursor)
            let new = try stage.file(TaskDraft(title: "New"), author: "octo")
            for _ in 1...2 { #expect(try stage.tracker.changes(since: quiet).tasks.map(\.id).contains(new)) }
        },
        TrackerContract("nothing changed means no tasks and the same cursor") { stage in
            _ = try stage.file(TaskDraft(title: "x"), author: "octo")
            let quiet = try settle(stage.tracker, from: stage.tracker.changes(since: nil).cursor)
            for _ in 1...2 {
                #expect(try stage.tracker.changes(since: quiet) == TrackerChanges(cursor: quiet))
            }
        },
    ]

    static let people: [TrackerContract] = [
        TrackerContract("the account may write, and strangers may not") { stage in
            let account = try stage.tracker.checkHealth()
            #expect(!account.isEmpty)
            #expect(try stage.tracker.mayWrite(account))
            guard stage.isShared else { return }
            try stage.admit("friend", mayWrite: true)
            try stage.admit("reader", mayWrite: false)
            #expect(try stage.tracker.mayWrite("friend"))
            for login in ["reader", "stranger", "", "ghost", "friend[bot]", "../friend", "friend/../friend"] {
                #expect(try !stage.tracker.mayWrite(login), "\(login)")
            }
        }
    ]

    /// More than it takes a cursor to come to rest after the last change.
    private static let patience = 5

    /// Asks until nothing comes any more, as ticks would; the cursor then.
    private static func settle(_ tracker: any Tracker, from cursor: String?) throws -> String? {
        var cursor = cursor
        for _ in 1...patience {
            let changes = try tracker.changes(since: cursor)
            if changes.tasks.isEmpty, changes.cursor == cursor { return cursor }
            cursor = changes.cursor
        }
        Issue.record("the tracker reports changes for ever")
        return cursor
    }
}
