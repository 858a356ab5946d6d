import OrchCore
import Testing

@testable import OrchAdapters

@Suite struct PeopleTests {
    private func read(_ text: String) throws -> (settings: Settings, problems: [ConfigProblem]) {
        var settings = Settings()
        let layer = try ConfigLayer(path: "config.yml", bytes: Array(text.utf8))
        let problems = layer.apply(to: &settings, environment: ["TOKEN": "1:a"])
        return (settings, problems)
    }

    @Test func `people are known by service and number`() throws {
        let (settings, problems) = try read(
            """
            telegram: {token: "${TOKEN}", groups: ["-1001"]}
            people:
              telegram: {4711: owner, 4712: viewer}
              discord: {"99": operator}
            """)
        #expect(problems.isEmpty)
        #expect(
            settings.people == ["telegram": ["4711": .owner, "4712": .viewer], "discord": ["99": .operator]])
        #expect(settings.telegram.isOn && settings.telegram.token == "1:a")
    }

    @Test(arguments: [
        "people: {telegram: {ada: owner}}", "people: {telegram: {-1: owner}}",
        "people: {telegram: {4711: boss}}",
    ])
    func `a name, a group and an unknown role are no people`(_ text: String) throws {
        let (settings, problems) = try read(text)
        #expect(problems.count == 1 && problems.allSatisfy { $0.severity == .error })
        #expect(settings.people["telegram"]?.isEmpty ?? true)
    }
}
