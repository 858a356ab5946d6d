import Arguments
import JSON
import OrchAdapters
import OrchCore
import OrchEngine

/// `orch skills list`: what agents can be told to follow.
enum SkillsListCommand: Subcommand {
    static let table = CommandTable("list", "List the skills that agents can be given")
        .discussion(
            """
            A skill is a folder with a `SKILL.md`: in `skills` of the project, or in a repository that `skills.yml` names. \
            `workflow.required_skills`, `router.default_skills` and the label `skill:ID` give one to an agent.
            """
        )
        .example("orch skills list --json", "For a script.")

    static func run(_ context: Context) throws -> Int32 {
        let shelf = SkillShelf(context)
        let skills = shelf.skills()
        if context.wantsJSON {
            context.print(
                .array(
                    skills.map {
                        [
                            "id": .string($0.id), "name": .string($0.name),
                            "description": .string($0.description), "path": .string($0.path),
                        ]
                    }))
            return 0
        }
        guard !skills.isEmpty else {
            Console.err("There are no skills. `orch skills sync` fetches those that skills.yml names.")
            return 0
        }
        var table = TextTable(["ID", "NAME", "WHAT FOR"])
        for skill in skills { table.add([.init(skill.id), .init(skill.name), .init(skill.description)]) }
        let width = context.terminal.isTerminal ? context.terminal.width : nil
        Console.out(table.lines(context.terminal, width: width).joined(separator: "\n"))
        return 0
    }
}

/// `orch skills sync`: clones and pulls now what a sync would in its own time.
enum SkillsSyncCommand: Subcommand {
    static let table = CommandTable("sync", "Fetch the repositories of skills that skills.yml names")
        .exitStatus(1, "One of them could not be fetched.")

    static func run(_ context: Context) throws -> Int32 {
        let shelf = SkillShelf(context)
        guard let path = shelf.file else {
            Console.err("There is no skills.yml in \(context.home.home).")
            if context.wantsJSON { context.print(["folder": .string(shelf.folder), "ok": true]) }
            return 0
        }
        let file = try SkillsFile(path)
        var hasFailed = !file.problems.isEmpty
        for problem in file.problems { Console.err(problem.description) }
        for source in file.sources {
            do {
                let head = try shelf.library.update(source)
                if !context.wantsJSON { Console.out("\(source.name): at \(head)") }
            } catch {
                hasFailed = true
                Console.err(ErrorPrinter(terminal: context.terminal).text(of: error))
            }
        }
        if context.wantsJSON { context.print(["folder": .string(shelf.folder), "ok": .bool(!hasFailed)]) }
        return hasFailed ? 1 : 0
    }
}

extension SkillShelf {
    init(_ context: Context) {
        // Outside of any project, the home's skills are all there are.
        let project = try? context.project()
        self.init(home: context.home, environment: context.environment, project: project?.directory)
    }
}
