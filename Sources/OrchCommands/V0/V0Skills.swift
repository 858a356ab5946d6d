import OrchAdapters
import OrchCore

/// v0's `skills_sync.sh` and `skills_list.sh`, and what its lib.sh says of skills.
enum V0Skills {
    static let functions: [String: V0Command.Function] = [
        "skills_sync": sync, "skills_list": list,
        "build_skills_catalog": { call in
            let folder = call[0].isEmpty ? "skills" : call[0]
            call.say(SkillShelf.json(of: SkillFolder(folder).skills()))
            return 0
        },
        "build_skills_docs": { call in
            let ids = V0Creating.list(call[0])
            if ids.isEmpty { return 0 }
            let required = call.config.list("workflow.required_skills").filter(ids.contains)
            Console.raw(shelf(call).documents(ids, required: required, listsOthers: false))
            return 0
        },
    ]

    /// The home's file, else that of the folder where we are.
    private static func shelf(_ call: V0Call) -> SkillShelf {
        SkillShelf(home: call.home, environment: call.environment, project: WorkingDirectory.current())
    }

    /// A repository that cannot be had is said, and stops no other.
    private static func sync(_ call: V0Call) throws -> Int32 {
        let shelf = shelf(call)
        guard let path = shelf.file else {
            call.say(call.logged("[skills_sync] no skills.yml found"))
            return 0
        }
        let file = try SkillsFile(path)
        guard !file.sources.isEmpty else {
            call.say(call.logged("[skills_sync] no repositories in \(path)"))
            return 0
        }
        for source in file.sources {
            let isThere = try shelf.library.state(of: source) != .missing
            call.say(call.logged("[skills_sync] \(isThere ? "updating" : "cloning") \(source.name)"))
            do { _ = try shelf.library.update(source) } catch {
                call.complain("[skills_sync] \(error.problem)")
            }
        }
        call.say(call.logged("[skills_sync] done (dir=\(shelf.folder))"))
        return 0
    }

    private static func list(_ call: V0Call) throws -> Int32 {
        guard let path = shelf(call).file else {
            call.complain("No skills.yml found")
            return 0
        }
        let listed = try SkillsFile(path).listed
        guard !listed.isEmpty else {
            call.say("No skills in catalog. Run: orchestrator skills sync")
            return 0
        }
        var table = TextTable([])
        table.add(["ID", "NAME", "REPO"].map { .init($0) })
        for skill in listed { table.add([skill.id, skill.name, skill.repository].map { .init($0) }) }
        for line in table.lines(TerminalStyle()) { call.say(line) }
        return 0
    }
}
