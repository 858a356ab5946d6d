import Curl
import JSON
import KitTesting
import Platform
import Subprocess
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The servers of `ServerScript`, for one test.
struct TestServers: ~Copyable {
    /// In CI all of it must be there: the tests run and fail without it.
    static let areThere: Bool = {
        let isInstalled = ["python3", "openssl"].allSatisfy {
            ProgramSearch.find($0, path: searchPath) != nil
        }
        return getenv("CI") != nil || isInstalled && (try? CurlLibrary()) != nil
    }()

    private static let searchPath = "/usr/local/bin:/usr/bin:/bin"

    let authority: String
    private let ports: JSONValue
    // They go with the test: the script ends when its input does.
    private let folder: TemporaryFolder
    private let child: Child

    init() throws {
        let folder = TemporaryFolder()
        let script = try folder.file("server.py", ServerScript.text)
        var child = try Child(
            Command("python3", script, folder.path).with {
                $0.environment = ["PATH": Self.searchPath, "LC_ALL": "C"]
            },
            Child.Streams(input: .pipe, output: .pipe, error: .descriptor(STDERR_FILENO)))
        let said = try JSONValue(parsing: try child.line())
        let authority = try #require(said["authority"].string)
        self.folder = folder
        self.child = child
        self.authority = authority
        ports = said["ports"]
    }

    func url(_ server: String, _ path: String = "/", host: String = "localhost") throws -> String {
        let scheme = server == "plain" ? "http" : "https"
        return "\(scheme)://\(host):\(try #require(ports[server].int))\(path)"
    }

    /// Settings that trust the servers' authority.
    func settings(allowsPlainHTTP: Bool = false) -> CurlSettings {
        CurlSettings(userAgent: "curl-tests", authoritiesPath: authority, allowsPlainHTTP: allowsPlainHTTP)
    }

    func client(cancellation: CurlCancellation = CurlCancellation()) throws -> CurlClient {
        try CurlClient(CurlLibrary(), settings(allowsPlainHTTP: true), cancellation: cancellation)
    }
}

extension Child {
    /// The first line of its output; throws when there is none within a minute, as keys take their time.
    fileprivate mutating func line() throws -> [UInt8] {
        var buffer = LineBuffer()
        var poll = EventPoll<Void>()
        let deadline = MonotonicTime.now() + .seconds(60)
        while let descriptor = outputDescriptor {
            poll.watch(descriptor, for: .readable, as: ())
            try #require(!poll.wait(timeout: deadline - .now()).isEmpty, "the servers do not come up")
            if case .bytes(let chunk) = readOutput(), case .complete(let line) = buffer.feed(chunk).first {
                return line
            }
        }
        try #require(Bool(false), "the servers ended before they were up")
        return []
    }
}
