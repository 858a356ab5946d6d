import JSON
import OrchAdapters
import OrchCore
import OrchEngine
import Platform
import Subprocess

/// `cleanup_worktrees.sh`: worktrees and branches of tasks whose pull request is merged, proven to hold
/// nothing that is nowhere else.
enum V0Cleanup {
    static let functions: [String: V0Command.Function] = ["cleanup_worktrees": { try scan($0) }]

    private static func scan(_ call: V0Call) throws -> Int32 {
        tell("scan start", call)
        for id in try V0Lists.ids(of: "done", without: "", call) {
            let values = try call.sidecars.read(call.key(id))
            guard let worktree = given(values["worktree"]), let directory = given(values["dir"]),
                !["1", "true"].contains(values["worktree_cleaned"] ?? "")
            else { continue }
            do {
                try clean(id, worktree, branch: given(values["branch"]), in: directory, call)
            } catch let error as any Explained {
                call.complain(line("task=\(id) kept: \(error.problem)", call))
            }
        }
        tell("scan done", call)
        return 0
    }

    private static func clean(
        _ id: String, _ worktree: String, branch: String?, in directory: String, _ call: V0Call
    ) throws {
        let merged = try mergedPull(closing: id, call)
        guard let merged else { return tell("task=\(id) no merged PR; skipping", call) }
        let repository = GitRepository(directory: directory, environment: call.environment)
        let project = Project.ID(rawValue: WorkingDirectory.canonical(directory))
        try AcceptedSettings(of: project, store: call.store()).check(try repository.networkSettings(in: nil))
        if let pid = ProcessRecord.working(in: WorkingDirectory.canonical(worktree)).first {
            throw V0Error("process \(pid) works in \(worktree)")
        }
        switch try repository.remains(branch: branch, worktree: worktree, merged: merged) {
        case .unproven(let reason): throw V0Error(reason)
        case .nothing: break
        case .proven(let left):
            if let path = left.worktree { tell("removing worktree=\(path)", call) }
            if let branch = left.branch { tell("deleting branch=\(branch)", call) }
            try repository.remove(left)
        }
        try call.sidecars.merge(["worktree_cleaned": .text("1")], into: call.key(id))
        tell("task=\(id) marked worktree_cleaned=true", call)
    }

    /// - Returns: the head of a merged pull request that closes the issue, empty where `gh` does not say; nil
    ///   where there is none.
    private static func mergedPull(closing issue: String, _ call: V0Call) throws -> String? {
        let arguments = [
            "pr", "list", "--repo", "\(try call.repository())", "--state", "merged", "--search",
            "closes #\(issue)", "--json", "number,headRefOid",
        ]
        let command = Command("gh", arguments: arguments).with {
            $0.environment = Command.Environment(call.environment)
            $0.limits.timeout = .seconds(60)
        }
        let output: Output
        do throws(SubprocessError) { output = try command.run() } catch { throw V0Error(error.problem) }
        guard output.succeeded else {
            throw V0Error(
                output.errorText.split(whereSeparator: \.isNewline).first.map(String.init)
                    ?? output.exit.description)
        }
        let found = (try? JSONValue(parsing: output.standardOutput))?.array?.first
        return found.map { $0["headRefOid"].string ?? "" }
    }

    private static func given(_ value: String?) -> String? {
        value.flatMap { $0.isEmpty || $0 == "null" ? nil : $0 }
    }

    private static func tell(_ words: String, _ call: V0Call) { call.say(call.logged(line(words, call))) }

    private static func line(_ words: String, _ call: V0Call) -> String {
        let name = call.projectDirectory.split(separator: "/").last ?? ""
        return "[cleanup_worktrees] [\(name.hasSuffix(".git") ? name.dropLast(4) : name)] \(words)"
    }
}
