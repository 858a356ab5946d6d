import OrchCore
import Platform
import Testing

@testable import OrchAdapters

struct SidecarFilesTests {
    let folder: FileSandbox
    let sidecars: SidecarFiles

    init() throws {
        folder = try FileSandbox()
        let path = folder.path
        sidecars = SidecarFiles(directory: { _ in "\(path)/state/tasks" }, now: { 1_700_000_000 })
    }

    private func key(_ id: String = "42") -> TaskKey {
        TaskKey(project: .init(rawValue: "/p"), backend: .github, id: id)
    }

    private func place(_ text: String) throws {
        try Directory.make("\(folder.path)/state/tasks")
        try folder.write(text, to: "state/tasks/42.json")
    }

    @Test(arguments: [
        "", "..", ".hidden", "a/b", "../../etc/passwd", "a\0b", "ä", String(repeating: "1", count: 101),
    ])
    func `an id never leads out of the folder`(id: String) {
        #expect(throws: SidecarError.self) { try sidecars.merge(["a": .text("b")], into: key(id)) }
        #expect(throws: SidecarError.self) { try sidecars.read(key(id)) }
    }

    @Test(arguments: ["{\"a\":", "[1]", "null", "text", "{\"a\":1}{\"b\":2}"])
    func `a file that is no object is kept aside and counts as none`(text: String) throws {
        try place(text)
        #expect(try sidecars.read(key()) == [:])
        #expect(try folder.read("state/tasks/42.json.corrupt-1700000000") == text)
        try sidecars.merge(["status": .text("new")], into: key())
        #expect(try folder.read("state/tasks/42.json") == "{\"status\":\"new\"}\n")
    }

    @Test func `an empty file is one that v0 is just writing, and stays in its place`() throws {
        try place("")
        #expect(try sidecars.read(key()) == [:])
        #expect(try folder.names(in: "state/tasks") == ["42.json"])
    }

    @Test func `what is not there is empty`() throws {
        #expect(try sidecars.read(key()) == [:])
        #expect(try folder.names() == [])
    }

    @Test func `values are read as jq -r prints them`() throws {
        try place(#"{"a":"x\ny","n":3,"t":true,"z":null,"l":["p","q"]}"#)
        #expect(try sidecars.read(key()) == ["a": "x\ny", "n": "3", "t": "true", "l": #"["p","q"]"#])
    }

    @Test func `other keys and their order stay, and new ones follow`() throws {
        try place(#"{"z":"1","unknown":{"deep":[1,2.5]},"status":"new","agent":""}"#)
        try sidecars.merge(
            ["status": .text("done"), "last_error": .null, "accomplished": .list(["a \"b\"", "ü"])],
            into: key())
        let expected =
            #"{"z":"1","unknown":{"deep":[1,2.5]},"status":"done","agent":"","accomplished":["a \"b\"","ü"],"#
            + "\"last_error\":null}\n"
        #expect(try folder.read("state/tasks/42.json") == expected)
        #expect(try folder.names(in: "state/tasks") == ["42.json"])
    }

    @Test func `a reader never sees half a file`() throws {
        let (sidecars, key) = (folder.path, key())
        let values = Threads.run(4) { number -> Bool in
            let files = SidecarFiles(directory: { _ in sidecars })
            for round in 0..<50 {
                let long = String(repeating: "\(number)", count: 5_000 + round)
                guard (try? files.merge(["text": .text(long)], into: key)) != nil,
                    let seen = try? files.read(key)["text"], Set(seen).count == 1
                else { return false }
            }
            return true
        }
        #expect(values.allSatisfy { $0 })
        #expect(try folder.names() == ["42.json"])
    }
}
