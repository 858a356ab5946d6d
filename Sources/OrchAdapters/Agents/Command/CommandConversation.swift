import OrchCore
import Platform

/// The talk with a program that has no protocol: each line is its words, and it ends when it ends.
struct CommandConversation: AgentConversation {
    /// What is kept of the output: an answer stands at its end.
    static let keptLimitBytes = 64 << 10

    /// What it gets first where its input stays open; nil where it takes no words while it runs.
    private let prompt: String?
    private let model: String
    private let zone: ZoneRules
    private var kept: [String] = []
    private var keptBytes = 0
    /// What it printed last without ending the line: its question, if it asks for something.
    private var unfinished: String?

    init(prompt: String?, model: String, zone: ZoneRules) {
        self.prompt = prompt
        self.model = model
        self.zone = zone
    }

    mutating func begin() -> [AgentEffect] { prompt.map { [.write($0 + "\n")] } ?? [] }

    mutating func say(_ words: String) -> [AgentEffect] {
        // A program without sessions starts over with these words, which is better than losing them.
        guard prompt != nil else { return [.resume(words: words)] }
        return [.write(words.split(whereSeparator: \.isNewline).joined(separator: " ") + "\n")]
    }

    mutating func receive(line: String) -> [AgentEffect] {
        kept.append(line)
        keptBytes += line.utf8.count + 1
        // At least one line stays, however long.
        while keptBytes > Self.keptLimitBytes, kept.count > 1 {
            keptBytes -= kept.removeFirst().utf8.count + 1
        }
        // At the end of the output an unfinished line comes once more.
        if line == unfinished { return [] }
        unfinished = nil
        return line.allSatisfy(\.isWhitespace) ? [] : [.event(.text(line))]
    }

    mutating func receive(unfinished text: String) -> [AgentEffect] {
        unfinished = text
        return text.allSatisfy(\.isWhitespace) ? [] : [.event(.text(text))]
    }

    func report(exit: Int32?, errorTail: String, now: Timestamp) -> AgentReport {
        var transcript = AgentTranscript()
        let words = kept.joined(separator: "\n")
        let context = ClueContext(now: now, zone: zone, model: model)
        guard exit != 0 else { return transcript.plain(words, otherwise: nil, context: context) }
        if !kept.isEmpty { transcript.conclude(with: words) }
        if let unfinished, FailureClues.isPrompt(unfinished) {
            return transcript.concluded(Diagnosis(.interactivePrompt, unfinished))
        }
        return transcript.concluded(.ofExit(exit, errorTail: errorTail, context: context))
    }
}
