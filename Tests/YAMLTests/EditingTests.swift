import Testing
import YAML

/// An edit of a text, and the text that is to result.
struct EditExample: CustomTestStringConvertible, Sendable {
    enum Edit: Sendable {
        case set([PathStep], Node)
        case delete([PathStep])
        case append([PathStep], Node)
    }

    let before: String
    let edit: Edit
    let after: String

    init(_ before: String, _ edit: Edit, _ after: String) {
        (self.before, self.edit, self.after) = (before, edit, after)
    }

    var testDescription: String { "\(edit) in \(before.debugDescription)" }

    func result() throws -> String {
        var editor = try YAMLEditor(before)
        try editor.apply(edit)
        return editor.text
    }
}

extension YAMLEditor {
    mutating func apply(_ edit: EditExample.Edit) throws(YAMLError) {
        switch edit {
        case .set(let path, let value): try set(path, to: value)
        case .delete(let path): try delete(path)
        case .append(let path, let item): try append(item, to: path)
        }
    }
}

struct EditingTests {
    static let refused: [(before: String, edit: EditExample.Edit, reason: YAMLError.Reason)] = [
        ("a: &x {b: 1}\nc: *x\n", .set(["c", "b"], 2), .shared(anchor: "x")),
        ("a: &x {b: 1}\nc: *x\n", .set(["a", "b"], 2), .shared(anchor: "x")),
        ("a: &x {b: 1}\nc: *x\n", .set(["a"], 2), .shared(anchor: "x")),
        ("a: &x\n  b: 1\nc: *x\n", .set(["a", "d"], 2), .shared(anchor: "x")),
        ("a: &x {b: 1}\nc: *x\n", .delete(["a"]), .shared(anchor: "x")),
        ("a: {b: &x 1}\nc: *x\n", .delete(["a"]), .shared(anchor: "x")),
        ("a: &x [1]\nc: *x\n", .append(["c"], 2), .shared(anchor: "x")),
        ("a: &x [1]\nc: *x\n", .append(["a"], 2), .shared(anchor: "x")),
        ("&k a: 1\nb: *k\n", .delete(["a"]), .shared(anchor: "k")),
        ("a: 1\n", .set(["a", "b"], 2), .notAMapping(path: "a")),
        ("a: {b: [1]}\n", .set(["a", "b", "c"], 2), .notAMapping(path: "a.b")),
        ("a: 1\n", .set(["a", 0], 2), .notASequence(path: "a")),
        ("a: [1]\n", .set(["a", 1], 2), .missing(path: "a[1]")),
        ("a:\n", .set(["a", 0], 2), .missing(path: "a[0]")),
        ("a: 1\n", .append(["a"], 2), .notASequence(path: "a")),
        ("a: {}\n", .append(["a"], 2), .notASequence(path: "a")),
        ("a: 1\n", .delete(["b"]), .missing(path: "b")),
        ("a: 1\n", .delete([]), .missing(path: "the document")),
        ("[a: 1]\n", .set([0, "b"], 2), .editChangesMore),
    ]

    @Test(arguments: refused)
    func `an edit that would do harm is refused, and changes nothing`(
        before: String, edit: EditExample.Edit, reason: YAMLError.Reason
    ) throws {
        var editor = try YAMLEditor(before)
        let error = try #require(throws: YAMLError.self) { try editor.apply(edit) }
        #expect(error.reason == reason)
        #expect(editor.text == before)
    }

    @Test func `a file of several documents is not edited`() throws {
        let error = try #require(throws: YAMLError.self) { try YAMLEditor("a: 1\n---\nb: 2\n") }
        #expect(error.reason == .severalDocuments)
    }

    @Test(arguments: EditExample.setting)
    func `a value is set, and all else stays`(example: EditExample) throws {
        #expect(try example.result() == example.after)
    }

    @Test(arguments: EditExample.deleting)
    func `an entry is deleted, and all else stays`(example: EditExample) throws {
        #expect(try example.result() == example.after)
    }

    @Test(arguments: EditExample.appending)
    func `an item is appended, and all else stays`(example: EditExample) throws {
        #expect(try example.result() == example.after)
    }

    @Test func `setting what is there already changes no byte`() throws {
        let text = "a:   'x'\nb: [ 1,2 ]\nc: 0x1F\n"
        var editor = try YAMLEditor(text)
        for path in [["a"], ["b"], ["c"]] as [[PathStep]] {
            try editor.set(path, to: #require(editor.root.at(path)))
        }
        try editor.set(["a"], to: "x")
        try editor.set(["b"], to: [1, 2])
        #expect(editor.text == text)
    }

    @Test func `edits follow one another`() throws {
        var editor = try YAMLEditor("# jobs\n")
        try editor.append(["name": "a"], to: ["jobs"])
        try editor.append(["name": "b"], to: ["jobs"])
        try editor.set(["jobs", 0, "schedule"], to: "0 9 * * *")
        try editor.delete(["jobs", 1])
        #expect(editor.text == "# jobs\njobs:\n  - name: a\n    schedule: 0 9 * * *\n")
        #expect(editor.root == ["jobs": [["name": "a", "schedule": "0 9 * * *"]]])
    }
}
