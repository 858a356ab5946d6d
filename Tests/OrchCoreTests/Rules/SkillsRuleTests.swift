import OrchCore
import Testing

@Suite struct SkillsRuleTests {
    private let source = SkillSource(name: "ours", url: "https://example.org/skills", pin: nil)

    private func isDue(_ state: SkillState, after time: Duration?) -> Bool {
        !SkillsRule.decide(.init(sources: [(source, state)], sinceLast: time)).isEmpty
    }

    @Test func `what is at its pin costs nothing, and what has none is pulled once in a while`() {
        #expect(!isDue(.pinned, after: nil))
        #expect(isDue(.missing, after: .zero))
        #expect(isDue(.elsewhere, after: .zero))
        #expect(isDue(.following, after: nil))
        #expect(!isDue(.following, after: .seconds(60)))
        #expect(isDue(.following, after: SkillsRule.interval))
    }

    @Test(arguments: [
        ("---\nname: A b\ndescription: \"It's so.\"\n---\ntext", "A b", "It's so."),
        ("---\ndescription: only\n---\n", nil, "only"),
        ("no head", nil, ""), ("---\nname: never ends\n", nil, ""), ("", nil, ""),
    ])
    func `the head of a file is read, or is none`(text: String, name: String?, description: String) {
        let head = SkillsText.head(of: text)
        #expect(head.name == name && head.description == description)
    }

    @Test func `what must be followed stands first`() throws {
        let text = SkillsText.documents([("a", "A!"), ("b", "B!")], required: ["b"])
        let must = try #require(text.firstRange(of: "b (required)"))
        let may = try #require(text.firstRange(of: "### a"))
        #expect(must.lowerBound < may.lowerBound)
        #expect(SkillsText.documents([], required: ["b"]).isEmpty)
    }
}
