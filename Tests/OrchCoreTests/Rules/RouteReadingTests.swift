import OrchCore
import Platform
import Testing

@Suite struct RouteReadingTests {
    @Test(
        arguments: [
            "", "codex", "{}", "[]", #"{"executor":""}"#, #"{"executor":"two words"}"#, #"{"executor":7}"#,
            #"{"agent":"codex"}"#, #"{"executor":"codex""#,
        ])
    func `what names no executor chooses nobody`(text: String) {
        #expect(RouteReading.choice(in: text) == nil)
    }

    @Test(
        arguments: [
            ("route-response-string.json", "codex", Complexity.medium, "rust developer"),
            ("route-response-object.json", "claude", .complex, "architect"),
            ("route-response-markdown.json", "codex", .medium, "developer"),
        ])
    func `reads what routers printed`(
        fixture: String, executor: String, complexity: Complexity, role: String
    ) throws {
        let folder = "\(#filePath)".split(separator: "/").dropLast(3).map { "/\($0)" }.joined()
        let bytes = try WholeFile.read("\(folder)/Fixtures/router/\(fixture)", limitBytes: 1 << 16)
        let choice = try #require(RouteReading.choice(in: String(decoding: bytes, as: UTF8.self)))
        #expect(choice.executor.rawValue == executor)
        #expect(choice.complexity == complexity)
        #expect(choice.profile.role == role)
        #expect(!choice.profile.skills.isEmpty && !choice.profile.reason.isEmpty)
    }

    @Test func `what is missing or odd has a default, and what is long is cut`() throws {
        let long = String(repeating: "x", count: 10_000)
        let choice = try #require(
            RouteReading.choice(
                in:
                    #"{"executor":" Codex ","complexity":"huge","profile":{"skills":"sql"},"reason":"\#(long)"}"#
            ))
        #expect(choice.executor == .codex)
        #expect(choice.complexity == .medium)
        #expect(choice.profile.role == "general")
        #expect(choice.profile.skills == ["sql"])
        #expect(choice.profile.reason.utf8.count <= 500)
    }

    @Test func `a choice is read back as it was written`() throws {
        var profile = TaskProfile()
        profile.role = "writer of \"docs\""
        profile.skills = ["a", "b"]
        profile.tools = ["git"]
        profile.constraints = ["no migrations"]
        profile.selectedSkills = ["gh"]
        profile.reason = "because"
        let choice = RouteChoice(executor: .claude, complexity: .simple, profile: profile)
        #expect(RouteReading.choice(in: choice.text) == choice)
        #expect(TaskProfile(profile.json) == profile)
        #expect(profile.saysSomething && !TaskProfile().saysSomething)
    }
}
