import JSON
import OrchAdapters
import Testing
import YAML

@testable import OrchCommands

@Suite struct ConfigImageTests {
    @Test(arguments: [
        ("4", "4"), ("true", "true"), ("octo/app", "octo/app"), ("~", ""), ("0755", "0755"), ("1.10", "1.10"),
    ]) func `prints a scalar as it stands`(_ yaml: String, _ text: String) throws {
        #expect(ConfigImage.text(of: try Node.parse(yaml)) == text)
    }

    @Test func `speaks JSON with the types that were meant`() throws {
        let node = try Node.parse("a: [1, x, ~]\nb: {c: true}\n")
        #expect(node.json.text() == #"{"a":[1,"x",null],"b":{"c":true}}"#)
    }
}
