import OrchCore

/// Things that are old, each removed unless a test says otherwise.
final class FakeStoreroom: Storeroom {
    private var names: [String]
    private(set) var removed: [String] = []
    var removing: (String) throws -> Void = { _ in }

    init(_ names: [String]) { self.names = names }

    func old(of project: Project, before: Timestamp, live: [Run]) -> [OldThing] {
        names.map { OldThing(.attempt, $0) }
    }

    func remove(_ thing: OldThing, of project: Project) throws {
        try removing(thing.name)
        removed.append(thing.name)
        names.removeAll { $0 == thing.name }
    }
}

/// Repositories of skills that follow their remotes.
final class FakeLibrary: SkillLibrary {
    /// Those whose remote does not answer.
    var away: Set<String> = []
    /// Those whose clone cannot even be looked at.
    var broken: Set<String> = []
    private(set) var pulled: [String] = []

    func state(of source: SkillSource) throws(RepositoryError) -> SkillState {
        if broken.contains(source.name) { throw .notARepository(path: source.name) }
        return .following
    }

    func update(_ source: SkillSource) throws(RepositoryError) -> String {
        pulled.append(source.name)
        if away.contains(source.name) { throw .fetchFailed(detail: "no route") }
        return "abc"
    }
}
