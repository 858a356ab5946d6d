import OrchCore

/// A phase of a sync, at work for one project: what it looks at, and how what its rule decides is done.
///
/// A new one is a rule in `OrchCore/Rules`, a file here that conforms, and a line in `Sync.phases`.
protocol SyncPhase: SendableMetatype {
    /// What it has seen: all that its rule decides from.
    associatedtype Picture
    associatedtype Step: SyncStep

    /// One word: the prefix of its log lines, and what `orch sync --phase` takes.
    static var name: String { get }
    /// Whether it is in vain where GitHub cannot be asked.
    static var needsForge: Bool { get }
    /// Whether the home, which is no project but has runs, is looked at like one.
    static var concernsHome: Bool { get }

    init(_ work: SyncWork)

    /// Looks at what concerns it, and writes nothing in a dry run.
    ///
    /// - Returns: nil where nothing here does. Nobody is asked then.
    func observe() throws -> Picture?

    /// Its rule: a pure function.
    static func decide(_ picture: Picture) -> [Step]

    /// Performs one decision: the row first, the effect second. A second time changes nothing.
    func perform(_ step: Step) throws

    /// Called once all decisions of this picture were tried: the place to move a cursor.
    ///
    /// - Parameter failed: those that were not performed. A cursor never moves over one of them, and one that
    ///   fails for ever hinders no other.
    func remember(_ picture: Picture, failed: [Step]) throws
}

extension SyncPhase {
    static var needsForge: Bool { true }
    static var concernsHome: Bool { false }

    func remember(_ picture: Picture, failed: [Step]) throws {}
}
