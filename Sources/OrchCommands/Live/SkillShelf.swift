import JSON
import OrchAdapters
import OrchCore

/// The skills of a home and of a project: the cloned ones, and those that lie in the project's own `skills`.
struct SkillShelf {
    let home: HomePaths
    let environment: [String: String]
    /// nil: only what the home has.
    let project: String?

    /// `SKILLS_DIR`, as in v0.
    var folder: String {
        environment["SKILLS_DIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "\(home.home)/skills"
    }

    /// The home's `skills.yml`, else the project's; nil where there is neither.
    var file: String? {
        SkillsFile.find(["\(home.home)/skills.yml"] + (project.map { ["\($0)/skills.yml"] } ?? []))
    }

    var library: SkillClones { SkillClones(folder: folder, environment: environment) }

    /// - Throws: where the file is no YAML.
    func sources() throws(ConfigError) -> [SkillSource] {
        guard let file else { return [] }
        return try SkillsFile(file).sources
    }

    /// The project's own first, each id once.
    func skills() -> [Skill] {
        var seen: Set<String> = []
        let own = project.map { SkillFolder("\($0)/skills").skills() } ?? []
        return (own + SkillFolder(folder).skills()).filter { seen.insert($0.id).inserted }
    }

    /// For a router's prompt: an object with id, name and description each.
    func catalogue() -> String { Self.json(of: skills()) }

    static func json(of skills: [Skill]) -> String {
        JSONValue.array(
            skills.map {
                ["id": .string($0.id), "name": .string($0.name), "description": .string($0.description)]
            }
        ).text()
    }

    /// More is left out of a prompt, skill by skill.
    private static let documentsLimitBytes = 256 << 10
    private static let listLimit = 50

    /// What an agent is told: the skills of these ids in full and, with `listsOthers`, what else there is
    /// by its name.
    ///
    /// An id that is on no shelf is left out.
    func documents(_ ids: [String], required: [String], listsOthers: Bool = true) -> String {
        let shelf = skills()
        var room = Self.documentsLimitBytes
        var told: [(id: String, text: String)] = []
        for id in required + ids.filter({ !required.contains($0) })
        where !told.contains(where: { $0.id == id }) {
            guard let skill = shelf.first(where: { $0.id == id }), let text = SkillFolder.text(of: skill.path)
            else { continue }
            room -= text.utf8.count
            if room < 0 { break }
            told.append((id, text))
        }
        guard listsOthers else { return SkillsText.documents(told, required: required) }
        let others = shelf.filter { skill in !told.contains { $0.id == skill.id } }.prefix(Self.listLimit)
        let list = others.map { "- \($0.id): \($0.description.firstLine) (\($0.path))" }
        let catalogue =
            list.isEmpty
            ? "" : "## Skills at hand, to be read where they help\n\n" + list.joined(separator: "\n")
        return [SkillsText.documents(told, required: required), catalogue].filter { !$0.isEmpty }
            .joined(separator: "\n\n")
    }
}
