import OrchCore

/// The repositories of skills of a project, which are mostly those of the home.
struct SkillsPhase: SyncPhase {
    static let name = "skills"
    static let needsForge = false

    private let work: SyncWork

    init(_ work: SyncWork) { self.work = work }

    func observe() throws -> SkillsRule.Picture? {
        let sources = try work.ports.skillSources(work.project)
        guard !sources.isEmpty, let library = work.ports.skillLibrary else { return nil }
        let states = try sources.map { (source: $0, state: try library.state(of: $0)) }
        let last = try work.store.cursor(cursor(of: sources)).flatMap { Timestamp(iso8601: $0) }
        return SkillsRule.Picture(sources: states, sinceLast: last.map { work.now.since($0) })
    }

    /// One for all projects that have the same ones.
    private func cursor(of sources: [SkillSource]) -> String {
        "skills:" + sources.map(\.name).joined(separator: ",")
    }

    static func decide(_ picture: SkillsRule.Picture) -> [SkillsRule.Step] { SkillsRule.decide(picture) }

    func perform(_ step: SkillsRule.Step) throws {
        guard let library = work.ports.skillLibrary else { return }
        let head = try library.update(step.source)
        try work.audit("skills", nil, "\(step.source.name) is at \(head)")
    }

    func remember(_ picture: SkillsRule.Picture) throws {
        guard !SkillsRule.decide(picture).isEmpty else { return }
        let sources = picture.sources.map(\.source)
        try work.store.setCursor(cursor(of: sources), to: work.now.iso8601)
    }
}
