import OrchAdapters
import OrchCore
import Platform
import YAML

/// The folders that v0 works in.
enum V0Projects {
    static let functions: [String: V0Command.Function] = [
        "_gh_ensure_repo": { call in
            call.say("\(try call.repository())")
            return 0
        },
        "db_task_projects": { call in
            for directory in try all(call) { call.say(directory) }
            return 0
        },
    ]

    /// Of jobs, `PROJECT_DIR` and the registered ones, each once; those that are there.
    static func all(_ call: V0Call) throws -> [String] {
        let jobs = try V0JobFields.entries(call).compactMap { V0JobFields.text($0["dir"]) }
        let registered = ProjectRegistry(call.home).read().entries.map(\.path)
        let all = Set(jobs + registered + [call.variable("PROJECT_DIR")].compactMap { $0 })
        return all.sorted().filter { FileStatus.ifPresent($0)?.kind == .directory }
    }

    /// Where a task that is added belongs: the bare clone that `-p OWNER/REPO` names, else `PROJECT_DIR`,
    /// else where we are; at a terminal one of the clones by choice.
    ///
    /// - Returns: nil where there is no such clone; it has been said.
    static func directory(of slug: String, _ call: V0Call) throws -> String? {
        if !slug.isEmpty {
            let clone = "\(call.home.clones)/\(slug).git"
            if FileStatus.ifPresent(clone)?.kind == .directory { return clone }
            Console.err("Project not found: \(slug)")
            Console.err("Expected bare repo at: \(clone)")
            Console.err("Add it with: orchestrator project add \(slug)")
            return nil
        }
        let here = call.projectDirectory
        let isKnown = HomePaths.projectConfig(of: here) != nil
        return isKnown || !Terminal.isTerminal(0) ? here : try chosenClone(call) ?? here
    }

    /// `OWNER/REPO` and the folder of each bare clone of the home, by their names.
    static func clones(_ call: V0Call) -> [(slug: String, path: String)] {
        func names(_ folder: String) -> [String] {
            // No folder, no clones.
            ((try? Directory.names(in: folder)) ?? []).sorted()
        }
        return names(call.home.clones).flatMap { owner in
            names("\(call.home.clones)/\(owner)").filter { $0.hasSuffix(".git") }.map { name in
                let path = "\(call.home.clones)/\(owner)/\(name)"
                let slug = GitRemote.repository(of: path)?.description ?? "\(owner)/\(name.dropLast(4))"
                return (slug, path)
            }
        }
    }

    private static func chosenClone(_ call: V0Call) throws -> String? {
        let clones = clones(call)
        guard !clones.isEmpty else { return nil }
        call.say("No orchestrator.yml in current directory.\n\nAvailable projects:")
        for (index, clone) in clones.enumerated() { call.say("  [\(index + 1)] \(clone.slug)") }
        Console.raw("\nSelect project [1-\(clones.count)]: ")
        guard let answer = readLine().flatMap({ Int($0) }), (1...clones.count).contains(answer) else {
            return nil
        }
        return clones[answer - 1].path
    }
}
