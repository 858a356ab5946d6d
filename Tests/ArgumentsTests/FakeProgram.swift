#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A short script in a folder of its own, to stand first on a PATH.
struct FakeProgram: ~Copyable {
    private let folder: String
    let path: String

    init(name: String, script: String) throws {
        let folder = try Self.makeFolder()
        let path = "\(folder)/\(name)"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o755)
        let count = write(descriptor, script, script.utf8.count)
        close(descriptor)
        guard count == script.utf8.count else {
            throw ExternalProgram.SystemFailure(call: "write \(path)", code: errno)
        }
        self.folder = folder
        self.path = path
    }

    private static func makeFolder() throws -> String {
        let temporary = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(temporary)/arguments-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw ExternalProgram.SystemFailure(call: "mkdtemp", code: errno)
        }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        unlink(path)
        rmdir(folder)
    }

    var searchPath: String {
        let others = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
        return "\(folder):\(others)"
    }
}
