package import OrchCore

/// One sync: what takes seconds, mostly because GitHub is asked, and is time enough every couple of minutes.
///
/// 1. Take the sync lease; a sync that finds it held has nothing to do, except that one for news answers what
///    people have just said. Ticks go on meanwhile.
/// 2. For each phase in order, and each project: the phase looks at what concerns it, its rule decides, and
///    each decision is performed on its own. A failing one is reported and stops no other.
/// 3. The phase remembers how far it has come, and never further than what was done.
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

    /// Where somebody waits for an answer.
    private static let talks: [any SyncPhase.Type] = [MentionsPhase.self, CommandsPhase.self]
    private static let talkNames = Set(talks.map { $0.name })

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
        let course = SyncCourse(ports: ports)
        let isAlone = try isDryRun || course.lease.take()
        defer { course.lease.release() }
        if isAlone {
            try look(firstPhases(try hearings()), at: Self.phases, course)
            return course.report
        }
        // What somebody says does not wait for a sync that is at work.
        let said = scope == .news ? try waiting(for: Self.talkNames, course) : [:]
        if said.isEmpty { return .alreadyRunning }
        try answer(said, course)
        return course.report
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

    /// What nobody has seen to, where this sync can: the phases of each project that has any.
    private func waiting(
        for names: Set<String>, _ course: SyncCourse
    ) throws -> [Project.ID: Set<String>] {
        let unwell = course.unwell.union(course.refused)
        return try hearings().filter { !unwell.contains($0.key) }.compactMapValues { hearing in
            let phases = hearing.waiting?.intersection(names) ?? []
            return phases.isEmpty ? nil : phases
        }
    }

    /// Looks at these phases, and again at what has arrived for them meanwhile.
    ///
    /// - Parameter first: the phases of each project that has any.
    private func look(
        _ first: [Project.ID: Set<String>], at types: [any SyncPhase.Type], _ course: SyncCourse
    ) throws {
        let names = Set(types.map { $0.name })
        var due = first
        for round in 1...Self.roundLimit {
            let hearings = try hearings()
            let before = course.report.entries.count
            try lookOnce(due, at: types, course)
            if isDryRun { return }
            let failures = course.report.entries.dropFirst(before).filter { $0.error != nil }
            for (project, phases) in due where !course.refused.contains(project) {
                let failed = failures.filter { $0.project == project }.map(\.phase)
                try hearings[project]?.settle(phases.subtracting(failed).subtracting(course.left))
            }
            if round == Self.roundLimit { return }
            if case .phases = scope { return }
            course.unwell.formUnion(failures.map(\.project))
            due = try waiting(for: names.subtracting(course.left), course)
            if due.isEmpty { return }
        }
    }

    private func lookOnce(
        _ due: [Project.ID: Set<String>], at types: [any SyncPhase.Type], _ course: SyncCourse
    ) throws {
        let memories = Dictionary(uniqueKeysWithValues: projects.map { ($0.id, SyncMemory()) })
        for type in types {
            if Self.talkNames.contains(type.name), !course.isAnswering {
                if type.name == Self.talks[0].name { try answer(due, course) }
                continue
            }
            let looked = projects + (type.concernsHome ? [home].compactMap(\.self) : [])
            for project in looked where !(type.needsForge && course.refused.contains(project.id)) {
                guard due[project.id]?.contains(type.name) == true else { continue }
                let work = SyncWork(
                    ports: ports, project: project, isDryRun: isDryRun, keepLease: course.keepLeases,
                    memory: memories[project.id] ?? SyncMemory(), isByHand: isByHand)
                if try perform(type, work, report: &course.report) { course.refused.insert(project.id) }
            }
        }
    }

    /// The phases in which people are answered, under a lease of their own: whoever has it looks again at
    /// what arrives until there is nothing, so it is enough to leave them to it.
    private func answer(_ due: [Project.ID: Set<String>], _ course: SyncCourse) throws {
        let said = due.mapValues { $0.intersection(Self.talkNames) }.filter { !$0.value.isEmpty }
        if said.isEmpty { return }
        guard try isDryRun || course.talkLease.take() else {
            course.left = Self.talkNames
            return
        }
        course.isAnswering = true
        defer {
            course.isAnswering = false
            course.talkLease.release()
        }
        try look(said, at: Self.talks, course)
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
        var failed: [Phase.Step] = []
        for step in type.decide(picture) {
            try work.keepLease()
            do {
                if !isDryRun { try phase.perform(step) }
                report.add(type.name, step, of: work.project.id)
            } catch {
                report.add(type.name, step, of: work.project.id, failedWith: error)
                failed.append(step)
                if Self.concernsEverything(error) { return true }
            }
        }
        if !isDryRun { try phase.remember(picture, failed: failed) }
        return false
    }

    private static func concernsEverything(_ error: any Error) -> Bool {
        (error as? TrackerError)?.concernsEverything == true
    }
}

/// How far one sync has come.
private final class SyncCourse {
    let lease: DecisionLease
    let talkLease: DecisionLease
    var report = SyncReport()
    /// Projects whose tracker has just refused for a reason that holds for all that is asked of it.
    var refused: Set<Project.ID> = []
    /// Projects of which something failed: not looked at again.
    var unwell: Set<Project.ID> = []
    /// Phases that another sync is at.
    var left: Set<String> = []
    /// Whether the talk lease is ours, or none is needed.
    var isAnswering = false

    init(ports: Ports) {
        lease = DecisionLease("sync", ports: ports)
        talkLease = DecisionLease("talk", ports: ports)
    }

    var keepLeases: () throws -> Void {
        { [lease, talkLease] in
            try lease.renew()
            try talkLease.renew()
        }
    }
}
