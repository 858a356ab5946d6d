import Testing
import YAML

@testable import OrchCommands

struct V0ExpressionTests {
    private static let file = """
        gh:
          repo: o/r
          project_status_map: {in_progress: abc}
        list: [a, 2, true]
        jobs:
          - id: one
          - id: two
        empty:
        off: false
        version: 1.10
        "odd key": x
        """

    private func ask(_ question: String) throws -> [String] {
        let root = try Node.parse(bytes: Array(Self.file.utf8))
        return try V0Expression(question).answers(from: root).map { $0.isNull ? "null" : $0.text ?? "…" }
    }

    @Test(arguments: [
        "", ".a |", ".a //", ".[", ".[\"a", "join(", "join(x)", "map(.x)", ".a.b)", "select(.a == 1)",
        ".a = 1",
        "\"open", ".a b", "..[",
    ])
    func `what v0 never asked is refused`(question: String) {
        #expect(throws: V0Error.self) { try ask(question) }
    }

    @Test(arguments: [
        (".gh.repo", ["o/r"]), (".gh.none", ["null"]), (".none.deeper", ["null"]), (".gh[\"repo\"]", ["o/r"]),
        (".\"odd key\"", ["x"]), (".[\"odd key\"]", ["x"]), (".gh.project_status_map.in_progress", ["abc"]),
        (".list[]", ["a", "2", "true"]), (".list[-1]", ["true"]), (".list[9]", ["null"]), (".list[1]", ["2"]),
        (".jobs[].id", ["one", "two"]), (".jobs[0].id // \"x\"", ["one"]), (".jobs | length", ["2"]),
        (".empty // \"x\"", ["x"]), (".off // \"x\"", ["x"]), (".off // false", ["false"]),
        (".none // 3", ["3"]),
        (".none // [] | join(\",\")", [""]), (".list // [] | join(\", \")", ["a, 2, true"]),
        (".none // [] | .[]", []), (".none // {} | .x", ["null"]), (".none // .gh.repo // \"x\"", ["o/r"]),
        ("(.none // .list) | .[0]", ["a"]), (".version", ["1.10"]), (".", ["…"]),
        ("\"a\\\"b\\n\"", ["a\"b\n"]),
    ])
    func `a question is answered as by yq`(question: String, answer: [String]) throws {
        #expect(try ask(question) == answer)
    }
}
