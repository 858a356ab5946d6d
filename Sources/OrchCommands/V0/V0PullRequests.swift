import OrchAdapters
import OrchCore
import Platform
import Subprocess

/// v0's `make-pr-body.sh` and `create-pr.sh`: a pull request by hand, for the checkout that the scripts lie
/// in.
enum V0PullRequests {
    static let functions: [String: V0Command.Function] = ["make_pr_body": makeBody, "create_pr": create]

    private static let title = ".orchestrator/pr-title.txt"
    private static let body = ".orchestrator/pr-body.md"
    private static let limitBytes = 1 << 20

    /// `make_pr_body ROOT [BASE]`: title and text from the commits that BASE lacks.
    private static func makeBody(_ call: V0Call) throws -> Int32 {
        try prepare(call)
        call.say("Wrote \(title) and \(body)")
        return 0
    }

    private static func prepare(_ call: V0Call) throws {
        let root = call[0]
        let base = call[1].isEmpty ? "main" : call[1]
        let subject = try git(["log", "-1", "--format=%s"], in: root, call)
        let branch = (try? git(["branch", "--show-current"], in: root, call)) ?? ""
        let commits = try git(["log", "--format=- %s", "\(base)..HEAD"], in: root, call)
        var parts = ["## Summary", commits, "## Testing", "`scripts/test`"]
        if let issue = issue(of: branch) { parts.append("Closes #\(issue)") }
        try Directory.make("\(root)/.orchestrator")
        try write("\(subject)\n", to: "\(root)/\(title)")
        try write(parts.joined(separator: "\n\n") + "\n", to: "\(root)/\(body)")
    }

    /// `gh-task-7-…`
    private static func issue(of branch: String) -> Int? {
        guard branch.hasPrefix("gh-task-") else { return nil }
        let rest = branch.dropFirst(8)
        let digits = rest.prefix { $0.isNumber }
        return rest.dropFirst(digits.count).hasPrefix("-") ? Int(digits) : nil
    }

    /// `create_pr ROOT [BASE]`: opens it, or says where it is.
    private static func create(_ call: V0Call) throws -> Int32 {
        let root = call[0]
        let base = call[1].isEmpty ? "main" : call[1]
        let files = ["\(root)/\(title)", "\(root)/\(body)"]
        if files.contains(where: { FileStatus.ifPresent($0) == nil }) { try prepare(call) }
        let branch = try git(["branch", "--show-current"], in: root, call)
        let words = String(
            decoding: try WholeFile.readIfPresent(files[0], limitBytes: limitBytes) ?? [], as: UTF8.self
        ).firstLine
        guard !words.isEmpty else {
            throw V0Error("Error: PR title is empty. Ensure you have commits on the branch.")
        }
        let known = try run(["gh", "pr", "view", branch, "--json", "url", "--jq", ".url"], in: root, call)
        if known.succeeded {
            call.say(known.text.firstLine)
            return 0
        }
        let made = try run(
            ["gh", "pr", "create", "--base", base, "--head", branch, "--title", words, "--body-file", body],
            in: root, call)
        Console.raw(made.text)
        if !made.succeeded { Console.err(made.errorText) }
        return made.succeeded ? 0 : 1
    }

    private static func git(_ words: [String], in root: String, _ call: V0Call) throws -> String {
        let output = try run(["git"] + words, in: root, call)
        guard output.succeeded else { throw V0Error(output.errorText) }
        return String(output.text.reversed().drop(while: \.isNewline).reversed())
    }

    private static func run(_ words: [String], in root: String, _ call: V0Call) throws -> Output {
        try Command(words[0], arguments: Array(words.dropFirst())).with {
            $0.workingDirectory = root
            $0.environment = .init(call.environment)
            $0.limits = Command.Limits(timeout: .seconds(60), outputBytes: limitBytes)
        }.run()
    }

    private static func write(_ text: String, to path: String) throws {
        try AtomicFile.write(Array(text.utf8), to: path, durability: .none)
    }
}
