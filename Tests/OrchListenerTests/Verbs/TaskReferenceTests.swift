import OrchListener
import Testing

@Suite struct TaskReferenceTests {
    @Test(arguments: [
        "", "#", "i", "x1", "-1", "1x", "i-1", "１２", "/1", "-p/1", "a b/1", "../1", "a/b/c/1", "1/", "p/",
        "--json",
        "1234567890123456789",
    ])
    func `what names no task is refused`(_ text: String) {
        #expect(TaskReference(text) == nil)
    }

    @Test(arguments: [
        ("42", nil, "42"), ("#42", nil, "42"), ("i7", nil, "i7"), ("site/42", "site", "42"),
        ("site#42", "site", "42"),
        ("octo/demo#42", "octo/demo", "42"), ("größe/i1", "größe", "i1"),
    ])
    func `a task is named by its id, behind its project where that is needed`(
        _ text: String, _ project: String?, _ id: String
    )
        throws
    {
        let task = try #require(TaskReference(text))
        #expect(task.project?.rawValue == project)
        #expect(task.id == id)
    }

    @Test(arguments: ["", "-x", ".x", "../x", "a/b/c", "/", "a/", "a b", "a\nb", "a;b", "$(x)"])
    func `what could be an option or a path is no project`(_ text: String) {
        #expect(ProjectTag(text) == nil)
    }
}
