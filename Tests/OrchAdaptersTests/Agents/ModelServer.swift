import JSON
import KitTesting
import OrchCore
import Platform
import Subprocess
import Testing

@testable import OrchAdapters

/// A scripted model server of `bats/fakes`, and a folder for one agent that talks to it.
struct ModelServer: ~Copyable {
    let folder: String
    let port: String
    private let server: Child

    var worktree: String { "\(folder)/project" }
    /// An existing path, which the script's commands may wait for.
    var signal: String { "\(worktree)/go" }

    /// - Parameter name: `anthropic-server` or `openai-server`.
    init(_ name: String, script: JSONValue) throws {
        let folder = "\(Scratch.parent)/agent-\(UInt64.random(in: .min ... .max))"
        for path in [folder, "\(folder)/project", "\(folder)/main", "\(folder)/attempt"] {
            try Directory.make(path)
        }
        try AtomicFile.write(script.utf8(), to: "\(folder)/script.json")
        let fakes =
            AgentFixture.folder.split(separator: "/").dropLast(3).map { "/\($0)" }.joined() + "/bats/fakes"
        let command = Command(
            "\(fakes)/\(name)", "--script", "\(folder)/script.json", "--port-file", "\(folder)/port", "--log",
            "\(folder)/log"
        ).with { $0.environment = .inherit(only: ["PATH"]) }
        let child = try Child(command)
        let port = try Self.read("\(folder)/port")
        server = child
        self.port = port
        self.folder = folder
    }

    deinit { try? Directory.remove(folder) }

    /// What the agent has sent to the model so far.
    func requests() throws -> [JSONValue] {
        let bytes = try WholeFile.readIfPresent("\(folder)/log", limitBytes: 64 << 20) ?? []
        return try bytes.split(separator: UInt8(ascii: "\n")).map { try JSONValue(parsing: $0)["body"] }
    }

    func request(_ agent: AgentName) -> AgentRequest {
        AgentRequest(
            agent: agent, model: nil, systemPrompt: "SYSTEM-WORDS", message: "TASK-WORDS",
            settings: AgentSettings(),
            places: .init(
                worktree: worktree, mainDirectory: "\(folder)/main", attemptDirectory: "\(folder)/attempt",
                answerPath: "\(worktree)/answer.json"))
    }

    /// A small file as soon as it is there and not empty.
    private static func read(_ path: String) throws -> String {
        let deadline = MonotonicTime.now() + .seconds(60)
        var poll = EventPoll<Void>()
        while MonotonicTime.now() < deadline {
            if let bytes = try WholeFile.readIfPresent(path, limitBytes: 64), !bytes.isEmpty {
                return String(decoding: bytes, as: UTF8.self)
            }
            _ = try poll.wait(timeout: .milliseconds(20))
        }
        throw SystemError("open", on: path, code: 2)
    }
}

/// A run of a real agent by its adapter, without the host: effects are performed, and events kept.
struct AgentRun: ~Copyable {
    private var child: Child
    private var conversation: any AgentConversation
    private var buffer = LineBuffer()
    private var errorBytes: [UInt8] = []
    private(set) var events: [AgentEvent] = []

    init(
        _ program: String, _ adapter: any AgentAdapter, _ request: AgentRequest, environment: [String: String]
    ) throws {
        let launch = adapter.launch(request)
        for file in launch.files { try AtomicFile.write(Array(file.content.utf8), to: file.path) }
        let command = Command(program, arguments: launch.arguments).with {
            $0.environment = .inherit(
                only: ["PATH"], adding: environment.merging(launch.environment) { _, new in new })
            $0.workingDirectory = request.worktree
        }
        child = try Child(command, .init(input: .pipe, output: .pipe, error: .pipe))
        conversation = adapter.conversation(request)
        perform(conversation.begin())
        guard case .text(let text) = launch.input else { return }
        write(text)
        child.closeInput()
    }

    mutating func say(_ words: String) { perform(conversation.say(words)) }

    /// Nobody has more to say.
    mutating func endWords() { child.closeInput() }

    /// Attends to the agent until `isDone` or its end.
    /// - Returns: the report at its end; nil when it still runs.
    mutating func attend(until isDone: (borrowing AgentRun) -> Bool = { _ in false }) throws -> AgentReport? {
        let deadline = MonotonicTime.now() + .seconds(240)
        while MonotonicTime.now() < deadline {
            if isDone(self) { return nil }
            var poll = EventPoll<Void>()
            for descriptor in [child.outputDescriptor, child.errorDescriptor].compactMap(\.self) {
                poll.watch(descriptor, for: .readable, as: ())
            }
            if poll.isEmpty, case .exited(let status)? = try child.wait(deadline: deadline) {
                let tail = String(decoding: errorBytes, as: UTF8.self)
                return conversation.report(exit: status, errorTail: tail, now: AgentFixture.now)
            }
            _ = try poll.wait(timeout: .seconds(1))
            read()
        }
        Issue.record(
            "the agent did not end; it said \(events) and \(String(decoding: errorBytes, as: UTF8.self))")
        return nil
    }

    private mutating func read() {
        if case .bytes(let bytes) = child.readError() { errorBytes += bytes }
        guard case .bytes(let bytes) = child.readOutput() else { return }
        for case .complete(let line) in buffer.feed(bytes) {
            perform(conversation.receive(line: String(decoding: line, as: UTF8.self)))
        }
    }

    private mutating func perform(_ effects: [AgentEffect]) {
        for effect in effects {
            switch effect {
            case .event(let event): events.append(event)
            case .write(let text): write(text)
            case .finish: child.closeInput()
            case .resume(let words): Issue.record("asked to resume with \(words)")
            }
        }
    }

    private mutating func write(_ text: String) {
        // A prompt of a test fits into a pipe.
        let bytes = Array(text.utf8)
        #expect(child.write(bytes[...]) == bytes.count)
    }
}
