import KitTesting
import Platform
import Subprocess
import Testing

struct ProgramSearchTests {
    @Test(arguments: ["", "no-such-program-here", "bin/sh", "/bin/sh", "sh\0"])
    func `finds nothing for what is no name of a program`(name: String) {
        #expect(ProgramSearch.find(name, path: "/usr/bin:/bin") == nil)
    }

    @Test func `takes the first executable file, skipping folders and plain files`() throws {
        let folder = TemporaryFolder()
        for name in ["folder", "plain", "good", "later"] { try Directory.make("\(folder.path)/\(name)") }
        try Directory.make("\(folder.path)/folder/tool")
        _ = try folder.file("plain/tool", "", mode: 0o644)
        let good = try folder.file("good/tool", "", mode: 0o755)
        _ = try folder.file("later/tool", "", mode: 0o755)
        let path = ["missing", "folder", "plain", "good", "later"].map { "\(folder.path)/\($0)" }
        #expect(ProgramSearch.find("tool", path: path.joined(separator: ":")) == good)
    }

    @Test(arguments: ["", ":", ".", ".:bin", "::"])
    func `never searches the current folder`(path: String) {
        #expect(ProgramSearch.find("sh", path: path) == nil)
    }

    @Test func `finds the shell`() {
        let found = ProgramSearch.find("sh", path: "/nowhere:/usr/bin:/bin")
        #expect(found == "/usr/bin/sh" || found == "/bin/sh")
    }
}
