/// What is not written here, and what is written instead.
struct BannedWord: Sendable {
    /// Tokens in a row.
    let words: [String]
    let instead: String
    /// Paths, or folders with a slash at their end, that may.
    var allowed: [String] = []
    /// Whether it counts after a dot, as the member of something.
    var countsAsMember = true

    /// In all Swift files.
    static let everywhere = [
        BannedWord(words: ["try!"], instead: "`try`, or catch it"),
        BannedWord(words: ["as!"], instead: "`as?` and a `guard`"),
        BannedWord(words: ["@unchecked", "Sendable"], instead: "a value, or a `Mutex`"),
        BannedWord(words: ["nonisolated", "(", "unsafe", ")"], instead: "a value, or a `Mutex`"),
        BannedWord(words: ["public"], instead: "`package`: we ship programs", countsAsMember: false),
        BannedWord(words: ["open", "class"], instead: "`package final class`"),
    ]

    /// In what is shipped.
    static let inSources = [
        BannedWord(
            words: ["fatalError", "("], instead: "a typed error; `preconditionFailure` for our own mistakes"),
        BannedWord(words: ["Date", "(", ")"], instead: "the `now` that is handed in"),
        BannedWord(words: ["Process", "("], instead: "`Command` of Subprocess", countsAsMember: false),
        BannedWord(words: ["Foundation", ".", "Process"], instead: "`Command` of Subprocess"),
        BannedWord(
            words: ["Task", "{"], instead: "plain calls: a tick is synchronous", countsAsMember: false),
        BannedWord(words: ["Task", ".", "detached"], instead: "plain calls: a tick is synchronous"),
        BannedWord(words: ["async"], instead: "plain calls: a tick is synchronous", countsAsMember: false),
        BannedWord(words: ["await"], instead: "plain calls: a tick is synchronous", countsAsMember: false),
        BannedWord(words: ["DispatchQueue"], instead: "plain calls: a tick is synchronous"),
        BannedWord(
            words: ["print", "("], instead: "`Console.out` or `Console.err`",
            allowed: ["Sources/OrchCommands/Console.swift"], countsAsMember: false),
        BannedWord(
            words: ["sleep", "("], instead: "waiting for what will happen, with a deadline", allowed: waiting),
        BannedWord(
            words: ["usleep", "("], instead: "waiting for what will happen, with a deadline", allowed: waiting
        ),
        BannedWord(
            words: ["nanosleep", "("], instead: "waiting for what will happen, with a deadline",
            allowed: waiting),
        BannedWord(
            words: ["poll", "(", "nil"], instead: "waiting for what will happen, with a deadline",
            allowed: waiting),
        BannedWord(words: ["WallClock", "."], instead: "the `now` that is handed in", allowed: clocks),
    ]

    /// In tests, which wait for conditions by polling, each suite in one helper.
    static let inTests = [
        BannedWord(words: ["sleep", "("], instead: "polling a condition with a deadline"),
        BannedWord(words: ["usleep", "("], instead: "polling a condition with a deadline"),
        BannedWord(words: ["nanosleep", "("], instead: "polling a condition with a deadline"),
        BannedWord(words: ["Task", ".", "sleep"], instead: "polling a condition with a deadline"),
        // It runs while a test waits for a thread, which on two cores it does for minutes, and ends nothing
        // that does not wait itself.
        BannedWord(
            words: ["timeLimit", "(", ".", "minutes"], instead: "deadlines, and bounds on `processorTime`"),
    ]

    /// Where a pause is the point: nothing there could be waited for instead.
    private static let waiting = [
        "Sources/Kit/SQLite/BusyWait.swift", "Sources/OrchAdapters/Waiting/",
        "Sources/OrchAdapters/Keeper/AgentWarden.swift", "Sources/OrchCommands/Pausing.swift",
        "Sources/OrchAdapters/GitHub/Pause.swift",
    ]

    /// Where the `now` that is handed in comes from.
    private static let clocks = [
        "Sources/Kit/Platform/", "Sources/OrchAdapters/Sidecars/", "Sources/OrchCommands/Live/Live.swift",
        "Sources/OrchListener/Listener.swift", "Sources/OrchTesting/",
    ]
}

enum BannedWords {
    /// None of the words of `BannedWord` stands in the code; comments and strings may say them.
    static func inCode(of file: SwiftFile) -> [Violation] {
        var banned = BannedWord.everywhere
        if file.file.isIn("Sources") { banned += BannedWord.inSources }
        if file.file.isIn("Tests") { banned += BannedWord.inTests }
        return banned.flatMap { word in
            file.places(of: word.words).filter { word.counts(at: $0, in: file) }.map {
                file.violation(
                    file.code[$0].line, "`\(word.words.joined())` is not written here",
                    fix: "use \(word.instead)")
            }
        }
    }

    private static let unfinished: Set = ["TODO", "FIXME", "XXX"]

    /// What is unfinished is an issue, not a comment.
    static func inComments(of file: SwiftFile) -> [Violation] {
        guard unfinished.contains(where: file.file.holds) else { return [] }
        return file.tokens.filter { $0.kind == .comment }.flatMap { comment in
            comment.text.split { !$0.isLetter }.filter { unfinished.contains(String($0)) }.map {
                file.violation(comment.line, "a comment says \($0)", fix: "finish it, or open an issue")
            }
        }
    }
}

extension BannedWord {
    /// Whether it means here what it is banned for.
    fileprivate func counts(at index: Int, in file: SwiftFile) -> Bool {
        if allowed.contains(where: { file.path == $0 || $0.hasSuffix("/") && file.path.hasPrefix($0) }) {
            return false
        }
        // A file's own function of that name is not the thing itself, and a label is no word.
        if words.last == "(", file.functions.contains(where: { $0.name == words[0] }) { return false }
        if index + 1 < file.code.count, words.count == 1, file.code[index + 1].isMark(":") { return false }
        return countsAsMember || index == 0 || !file.code[index - 1].isMark(".")
    }
}
