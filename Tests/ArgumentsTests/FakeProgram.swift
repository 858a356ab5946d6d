import KitTesting

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
        try Executable.write(script, to: path)
        self.folder = folder
        self.path = path
    }

    private static func makeFolder() throws -> String {
        var template = Array("\(Scratch.parent)/arguments-test-XXXXXX".utf8CString)
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
