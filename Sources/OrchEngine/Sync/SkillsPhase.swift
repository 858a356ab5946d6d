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
        let states = sources.map { (source: $0, state: state(of: $0, in: library)) }
        let last = try work.store.cursor(cursor(of: sources)).flatMap { Timestamp(iso8601: $0) }
        let sinceLast = last.map { work.now.since($0) }
        // Negative by a clock that was ahead then.
        return SkillsRule.Picture(sources: states, sinceLast: sinceLast.flatMap { $0 < .zero ? nil : $0 })
    }

    /// One that cannot be looked at is no reason to leave the others: pulling it says what is wrong with it.
    private func state(of source: SkillSource, in library: any SkillLibrary) -> SkillState {
        do throws(RepositoryError) { return try library.state(of: source) } catch { return .following }
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

    /// One whose remote does not answer rests with the others; one that is missing is due all the same.
    func remember(_ picture: SkillsRule.Picture, failed: [SkillsRule.Step]) throws {
        guard !SkillsRule.decide(picture).isEmpty else { return }
        let sources = picture.sources.map(\.source)
        try work.store.setCursor(cursor(of: sources), to: work.now.iso8601)
    }
}
