package import OrchCore

/// Which git settings of a repository a person has accepted: those that were there when orch first used it or
/// was last told by `orch init`.
///
/// Agents can write a repository's configuration, and git, which orch shows a login, would act on it.
package struct AcceptedSettings {
    private let store: any Store
    private let name: String

    package init(of project: Project.ID, store: any Store) {
        self.store = store
        name = "git-settings:\(project.rawValue)"
    }

    package func accept(_ settings: [String: String]) throws(StoreError) {
        try store.setCursor(name, to: Self.lines(of: settings).sorted().joined(separator: "\n"))
    }

    /// - Throws: `RepositoryError.settingsChanged` where they are others; the first ones are accepted.
    package func check(_ settings: [String: String]) throws {
        if try store.cursor(name) == nil { return try accept(settings) }
        try compare(settings)
    }

    /// As `check`, but where none are accepted yet any will do, and none are.
    package func compare(_ settings: [String: String]) throws {
        guard let known = try store.cursor(name) else { return }
        let accepted = Set(known.split(separator: "\n").map(String.init))
        let changed = accepted.symmetricDifference(Self.lines(of: settings))
        if changed.isEmpty { return }
        let names = Set(changed.map { line in String(line.drop { $0 != " " }.dropFirst()) })
        throw RepositoryError.settingsChanged(names.sorted())
    }

    /// `DIGEST NAME`: a name may hold blanks.
    private static func lines(of settings: [String: String]) -> [String] {
        settings.map { "\($0.value) \($0.key.firstLine)" }
    }
}
