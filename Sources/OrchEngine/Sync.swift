package import OrchCore

/// One sync: what takes seconds, mostly because GitHub is asked, and is time enough every couple of minutes.
///
/// 1. Take the sync lease; a sync that finds it held has nothing to do. Ticks go on meanwhile.
/// 2. For each phase in order, and each project: the phase looks at what concerns it, its rule decides, and
///    each decision is performed on its own. A failing one is reported and stops no other.
/// 3. Where all that a phase decided for a project was done, it remembers how far it has come.
/// 4. Where the listener has written something down meanwhile, the phases that it concerns look again: the
///    sync that it wanted to start for it found this one at work.
///
/// A crash anywhere in between leaves rows that the next sync continues from.
package struct Sync {
    static let phases: [any SyncPhase.Type] = [
        DeliveriesPhase.self, MergedPhase.self, TidyPhase.self, MentionsPhase.self, CommandsPhase.self,
        ChecksPhase.self, ReviewsPhase.self, BoardsPhase.self, SkillsPhase.self,
    ]

    /// The names of the phases, in their order.
    package static let phaseNames = phases.map { $0.name }

    /// What a sync looks at.
    package enum Scope: Equatable, Sendable {
        case everything
        /// Some of `phaseNames`, for a person who asks for them.
        case phases(Set<String>)
        /// What has arrived by the listener and nobody has seen to.
        case news
    }

    private let ports: Ports
    private let projects: [Project]
    private let home: Project?
    private let scope: Scope
    private let isDryRun: Bool

    /// - Parameters:
    ///   - home: where commands run that are no project's; what they leave behind is tidied, too.
    ///   - isDryRun: decide and report, but write nothing and send nothing but reads.
    package init(
        ports: Ports, projects: [Project], home: Project? = nil, scope: Scope = .everything,
        isDryRun: Bool = false
    ) {
        self.ports = ports
        self.projects = projects
        self.home = home
        self.scope = scope
        self.isDryRun = isDryRun
    }

    package func run() throws -> SyncReport {
        let lease = DecisionLease("sync", ports: ports)
        guard try isDryRun || lease.take() else { return .alreadyRunning }
        defer { lease.release() }
        var report = SyncReport()
        // Projects whose tracker has just refused for a reason that holds for all that is asked of it.
        var refused: Set<Project.ID> = []
        var hearings = try hearings()
        var due = firstPhases(hearings)
        for round in 1...Self.roundLimit {
            let before = report.entries.count
            try look(due, lease: lease, refused: &refused, report: &report)
            if isDryRun { break }
            let failures = report.entries.dropFirst(before).filter { $0.error != nil }
            for (project, phases) in due where !refused.contains(project) {
                let failed = failures.filter { $0.project == project }.map(\.phase)
                try hearings[project]?.settle(phases.subtracting(failed))
            }
            if round == Self.roundLimit { break }
            if case .phases = scope { break }
            let unwell = refused.union(failures.map(\.project))
            hearings = try self.hearings().filter { !unwell.contains($0.key) }
            due = hearings.compactMapValues(\.waiting)
            if due.isEmpty { break }
        }
        return report
    }

    private func firstPhases(_ hearings: [Project.ID: SyncHearing]) -> [Project.ID: Set<String>] {
        let names: Set<String>
        switch scope {
        case .everything: names = Set(Self.phaseNames)
        case .phases(let wanted): names = wanted
        case .news: return hearings.compactMapValues(\.waiting)
        }
        let places = projects + [home].compactMap(\.self)
        return Dictionary(uniqueKeysWithValues: places.map { ($0.id, names) })
    }

    /// More news than this in a row are left to the next sync.
    private static let roundLimit = 3

    private func hearings() throws -> [Project.ID: SyncHearing] {
        let pairs = try projects.compactMap { project in
            try SyncHearing(of: project, ports: ports).map { (project.id, $0) }
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    /// - Parameter due: the phases of each project that has any.
    private func look(
        _ due: [Project.ID: Set<String>], lease: DecisionLease, refused: inout Set<Project.ID>,
        report: inout SyncReport
    ) throws {
        let memories = Dictionary(uniqueKeysWithValues: projects.map { ($0.id, SyncMemory()) })
        for type in Self.phases {
            let looked = projects + (type.concernsHome ? [home].compactMap(\.self) : [])
            for project in looked where !(type.needsForge && refused.contains(project.id)) {
                guard due[project.id]?.contains(type.name) == true else { continue }
                let work = SyncWork(
                    ports: ports, project: project, isDryRun: isDryRun, keepLease: lease.renew,
                    memory: memories[project.id] ?? SyncMemory(), isByHand: isByHand)
                if try perform(type, work, report: &report) { refused.insert(project.id) }
            }
        }
    }

    private var isByHand: Bool { if case .phases = scope { true } else { false } }

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
