import JSON
import OrchAdapters
import OrchCore
import Platform
import Subprocess

/// What a prompt brings along from the repository.
enum V0Repository {
    static let functions: [String: V0Command.Function] = [
        "build_repo_tree": { try tree($0) }, "build_git_diff": { try difference($0) },
    ]

    private static let treeLimit = 200
    private static let statLimit = 50
    private static let differenceLimit = 200
    private static let logLimit = 20

    /// The first lines of what git says; none where it fails.
    private static func git(_ words: [String], in folder: String, limit: Int, _ call: V0Call) throws
        -> [String]
    {
        let output = try Command("git", arguments: ["-C", folder] + words).with {
            $0.environment = Command.Environment(call.environment)
        }.run()
        guard output.succeeded else { return [] }
        return output.text.split(separator: "\n", omittingEmptySubsequences: false).prefix(limit).map(
            String.init)
    }

    private static func folder(_ call: V0Call) -> String? {
        let folder = call[0].isEmpty ? call.projectDirectory : call[0]
        return FileStatus.ifPresent(folder)?.kind == .directory ? folder : nil
    }

    private static func tree(_ call: V0Call) throws -> Int32 {
        guard let folder = folder(call) else { return 0 }
        let words = ["ls-files", "--cached", "--others", "--exclude-standard"]
        var files = try git(words, in: folder, limit: treeLimit, call).filter { !$0.isEmpty }
        if files.isEmpty { files = Array(walk(folder).prefix(treeLimit)) }
        for file in files.sorted() { call.say(file) }
        return 0
    }

    private static let leftOut: Set = [
        ".git", "node_modules", "vendor", ".orchestrator", "target", "__pycache__", ".venv",
    ]
    private static let depthLimit = 12

    /// The files below a folder that is no checkout.
    private static func walk(_ folder: String, _ prefix: String = "./", depth: Int = 0) -> [String] {
        guard depth < depthLimit, let names = try? Directory.names(in: folder) else { return [] }
        var files: [String] = []
        for name in names.sorted() where !leftOut.contains(name) && files.count < treeLimit {
            switch FileStatus.ifPresent("\(folder)/\(name)", followingLinks: false)?.kind {
            case .directory: files += walk("\(folder)/\(name)", "\(prefix)\(name)/", depth: depth + 1)
            case .file: files.append(prefix + name)
            default: break
            }
        }
        return files
    }

    /// `build_git_diff [FOLDER] [BASE]`: what is not committed, and what is and the base lacks.
    private static func difference(_ call: V0Call) throws -> Int32 {
        guard let folder = folder(call) else { return 0 }
        let base = call[1].isEmpty ? "main" : call[1]
        guard !base.hasPrefix("-") else { return 0 }
        let parts = [
            ("Uncommitted changes:", ["diff", "--no-ext-diff", "--stat", "HEAD"], statLimit),
            ("Diff against \(base):", ["diff", "--no-ext-diff", "\(base)...HEAD"], differenceLimit),
            ("Commits since \(base):", ["log", "--oneline", "\(base)..HEAD"], logLimit),
        ]
        for (title, words, limit) in parts {
            let lines = try git(words, in: folder, limit: limit, call)
            if lines.contains(where: { !$0.isEmpty }) {
                call.say("\(title)\n\(lines.joined(separator: "\n"))\n")
            }
        }
        return 0
    }
}
