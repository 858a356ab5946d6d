import Curl
import JSON
import Platform
import Subprocess
import Synchronization
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The servers of `ServerScript`, which all tests share: they remember nothing, and their keys take a second
/// to make.
struct TestServers {
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

    init() throws {
        let said = try Self.running.get().said
        authority = try #require(said["authority"].string)
        ports = said["ports"]
    }

    private static let running = Result { try Running() }

    /// The script, which ends when its input does: with the process of these tests, however that ends.
    private final class Running: Sendable {
        let said: JSONValue
        private let child: Mutex<Child>

        init() throws {
            let command = Command("python3", "-c", ServerScript.text).with {
                $0.environment = .inherit(only: ["TMPDIR"], adding: ["PATH": searchPath, "LC_ALL": "C"])
            }
            var child = try Child(
                command, Child.Streams(input: .pipe, output: .pipe, error: .descriptor(STDERR_FILENO)))
            said = try JSONValue(parsing: try child.line())
            self.child = Mutex(child)
        }
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
