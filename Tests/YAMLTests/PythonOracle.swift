import KitTesting
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// `Corpus/oracle.py`, run once for any number of texts.
enum PythonOracle {
    static let interpreter = "/usr/bin/python3"
    /// Some hundred short documents take two seconds; this is for a machine under load.
    static let timeLimit: Duration = .seconds(120)

    /// In CI the library must be there: the tests run and fail without it.
    static let isAvailable = getenv("CI").map { String(cString: $0) } == "true" || hasLibrary

    private static var hasLibrary: Bool {
        (try? run([interpreter, "-c", "import ruamel.yaml"])) == 0
    }

    /// A line for each text: what it means, as `oracle.py` writes it.
    static func meanings(of texts: [[UInt8]]) throws -> [String] {
        var template = Array("\(Scratch.parent)/yaml-tests-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        let scratch = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        let (input, output) = ("\(scratch)/input", "\(scratch)/output")
        defer {
            unlink(input)
            unlink(output)
            rmdir(scratch)
        }
        let bytes = texts.flatMap { Array("\($0.count)\n".utf8) + $0 }
        let file = try #require(fopen(input, "w"))
        try #require(fwrite(bytes, 1, bytes.count, file) == bytes.count)
        fclose(file)
        let status = try run([interpreter, "\(Corpus.folder)/oracle.py", input, output])
        try #require(status == 0, "oracle.py failed")
        return try Corpus.read(output).split(separator: 10).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The exit status; `nil` if it did not end in time.
    private static func run(_ words: [String]) throws -> Int32? {
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { arguments.forEach { free($0) } }
        var process: pid_t = 0
        try #require(posix_spawn(&process, words[0], nil, nil, &arguments, environ) == 0)
        let deadline = ContinuousClock.now + timeLimit
        var status: Int32 = 0
        while waitpid(process, &status, WNOHANG) == 0 {
            guard ContinuousClock.now < deadline else {
                kill(process, SIGKILL)
                waitpid(process, &status, 0)
                return nil
            }
            poll(nil, 0, 5)
        }
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : nil
    }
}
