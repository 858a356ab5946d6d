package import OrchCore

/// One sync: what takes seconds, mostly because GitHub is asked, and is time enough every couple of minutes.
///
/// 1. Take the sync lease; a sync that finds it held has nothing to do. Ticks go on meanwhile.
/// 2. For each phase in order, and each project: the phase looks at what concerns it, its rule decides, and
///    each decision is performed on its own. A failing one is reported and stops no other.
/// 3. Where all that a phase decided for a project was done, it remembers how far it has come.
///
/// A crash anywhere in between leaves rows that the next sync continues from.
package struct Sync {
    static let phases: [any SyncPhase.Type] = [
        MergedPhase.self, TidyPhase.self, MentionsPhase.self, CommandsPhase.self, ChecksPhase.self,
        ReviewsPhase.self, BoardsPhase.self, SkillsPhase.self,
    ]

    /// The names of the phases, in their order.
    package static let phaseNames = phases.map { $0.name }

    private let ports: Ports
    private let projects: [Project]
    private let home: Project?
    private let phase: String?
    private let isDryRun: Bool

    /// - Parameters:
    ///   - home: where commands run that are no project's; what they leave behind is tidied, too.
    ///   - phase: one of `phaseNames`; nil: all of them.
    ///   - isDryRun: decide and report, but write nothing and send nothing but reads.
    package init(
        ports: Ports, projects: [Project], home: Project? = nil, phase: String? = nil, isDryRun: Bool = false
    ) {
        self.ports = ports
        self.projects = projects
        self.home = home
        self.phase = phase
        self.isDryRun = isDryRun
    }

    package func run() throws -> SyncReport {
        let lease = DecisionLease("sync", ports: ports)
        guard try isDryRun || lease.take() else { return .alreadyRunning }
        defer { lease.release() }
        var report = SyncReport()
        // Projects whose tracker has just refused for a reason that holds for all that is asked of it.
        var refused: Set<Project.ID> = []
        let memories = Dictionary(uniqueKeysWithValues: projects.map { ($0.id, SyncMemory()) })
        for type in Self.phases where phase == nil || phase == type.name {
            let looked = projects + (type.concernsHome ? [home].compactMap(\.self) : [])
            for project in looked where !(type.needsForge && refused.contains(project.id)) {
                let work = SyncWork(
                    ports: ports, project: project, isDryRun: isDryRun, keepLease: lease.renew,
                    memory: memories[project.id] ?? SyncMemory(), isByHand: phase != nil)
                if try perform(type, work, report: &report) { refused.insert(project.id) }
            }
        }
        return report
    }

    /// - Returns: whether the tracker refused for a reason that holds for everything.
    private func perform<Phase: SyncPhase>(
        _ type: Phase.Type, _ work: SyncWork, report: inout SyncReport
    ) throws -> Bool {
        try work.keepLease()
        let phase = type.init(work)
        let picture: Phase.Picture
        do {
            guard let seen = try phase.observe() else { return false }
            picture = seen
        } catch {
            report.add(type.name, failedToObserve: work.project.id, error: error)
            return Self.concernsEverything(error)
        }
        var isComplete = true
        for step in type.decide(picture) {
            try work.keepLease()
            do {
                if !isDryRun { try phase.perform(step) }
                report.add(type.name, step, of: work.project.id)
            } catch {
                report.add(type.name, step, of: work.project.id, failedWith: error)
                isComplete = false
                if Self.concernsEverything(error) { return true }
            }
        }
        if !isDryRun, isComplete { try phase.remember(picture) }
        return false
    }

    private static func concernsEverything(_ error: any Error) -> Bool {
        (error as? TrackerError)?.concernsEverything == true
    }
}
