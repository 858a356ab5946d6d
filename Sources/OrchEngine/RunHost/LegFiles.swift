import JSON
import OrchCore

/// What a run's hosts write down about one leg, for the host after them.
///
///     message.md     the words that the leg is started with, from the second leg on
///     said.ndjson    words that the agent took in while it ran: {"end":512,"word":3,"words":"and tests"}
///
/// Both hold the words as they were said: the agent gets them so, and the folder is its owner's alone.
struct LegFiles {
    let number: Int
    let host: any AgentHost

    /// More than people say to one agent.
    private static let limitBytes = 16 << 20

    init(_ number: Int, of host: any AgentHost) {
        self.number = number
        self.host = host
    }

    /// Words that the agent took in.
    struct Said {
        let words: String
        /// The store's id; nil where they were typed into the pane.
        let word: Int?
        /// The offset behind the last line of output that came before them.
        let end: Int
    }

    var next: LegFiles { LegFiles(number + 1, of: host) }

    private var folder: String { "legs/\(number)" }

    func message() throws -> String {
        let path = "\(host.run.directory)/\(folder)/message.md"
        guard let text = try host.ports.files.read(path: path, limit: Self.limitBytes) else {
            throw PromptError.gone(path: path)
        }
        return text
    }

    func write(message: String) throws {
        try host.ports.files.makeDirectory("\(host.run.directory)/\(folder)")
        try host.ports.files.write(message, to: "\(folder)/message.md")
    }

    func append(_ said: Said) throws {
        let line = JSONValue.object([
            "end": .int(Int64(said.end)), "word": said.word.map { .int(Int64($0)) } ?? .null,
            "words": .string(said.words),
        ])
        try host.ports.files.append(line: line.text(), to: "\(folder)/said.ndjson")
    }

    /// What a host that was killed while it wrote left of its last line counts as not said.
    func said() throws -> [Said] {
        let path = "\(host.run.directory)/\(folder)/said.ndjson"
        let text = try host.ports.files.read(path: path, limit: Self.limitBytes) ?? ""
        return text.split(separator: "\n").compactMap { line in
            guard let value = try? JSONValue(parsing: String(line)), let words = value["words"].string else {
                return nil
            }
            return Said(words: words, word: value["word"].int, end: value["end"].int ?? 0)
        }
    }
}
