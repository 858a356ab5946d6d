import OrchCore
import Testing

@Suite struct MergeCommandTests {
    @Test(arguments: ["merge", " LGTM\n", "Ship It"])
    func `a comment that is a command and nothing else merges`(comment: String) {
        #expect(MergeCommand.matches(comment, commands: "merge, lgtm,ship it"))
    }

    @Test(arguments: [
        "", " ", "merge it", "don't merge", "> merge", "merge\nmerge", "lgtm!", "ship  it", ",",
    ])
    func `anything around it makes it a comment like any other`(comment: String) {
        #expect(!MergeCommand.matches(comment, commands: "merge, lgtm,ship it"))
    }

    @Test func `without commands nothing merges`() {
        #expect(!MergeCommand.matches("merge", commands: ""))
        #expect(!MergeCommand.matches("", commands: ",,"))
    }
}
