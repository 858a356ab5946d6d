import JSON
import OrchAdapters
package import OrchCore
import Platform

/// The projects as their files describe them; read again when somebody asks and a few seconds have passed.
package final class ProjectList {
    /// Somebody who has just added a project waits that long for it here.
    private static let freshness: Duration = .seconds(5)

    private let environment: [String: String]
    /// Of the listener itself: tokens of chats and the like.
    private let ownSecrets: [String]
    private var loaded: LoadedProjects?
    private var catalogs: [Project.ID: AgentCatalog] = [:]
    private var secrets = Redaction(secrets: [])
    private var staleAt: MonotonicTime?

    package init(environment: [String: String], ownSecrets: [String]) {
        self.environment = environment
        self.ownSecrets = ownSecrets
    }

    package var all: [Project] { current().projects }

    /// What keeps projects out, in sentences.
    package var problems: [String] { current().errors.map(\.description) }

    /// By its name or `owner/repository`.
    package func named(_ name: String) -> Project? {
        all.first { $0.name == name || $0.settings.github.repository?.description == name }
    }

    package func name(of id: Project.ID) -> String {
        all.first { $0.id == id }?.name ?? id.rawValue
    }

    /// Who can be given work there.
    package func agents(of project: Project) -> [AgentName] {
        _ = current()
        return catalogs[project.id]?.available ?? []
    }

    /// Whether that is the name of an agent there, installed or not.
    package func knows(_ agent: String, in project: Project?) -> Bool {
        _ = current()
        return catalogs.contains { id, catalog in
            (project == nil || project?.id == id) && catalog.names.contains { $0.rawValue == agent }
        }
    }

    /// What must not leave, of all projects: what is shown in one place may speak of another.
    package var redaction: Redaction {
        _ = current()
        return secrets
    }

    private func current() -> LoadedProjects {
        let now = MonotonicTime.now()
        if let loaded, let staleAt, now < staleAt { return loaded }
        staleAt = now + Self.freshness
        let found = loadProjects(environment)
        if let loaded, loaded == found { return loaded }
        loaded = found
        catalogs = Dictionary(uniqueKeysWithValues: found.projects.map { ($0.id, catalog(of: $0)) })
        let known =
            ownSecrets + AgentEnvironment.secrets(in: environment, adapters: [], settings: [:])
            + catalogs.values.flatMap { $0.secrets(in: environment) }
        // What is shown is JSON for the most part, where a quote in a secret is two characters.
        secrets = Redaction(
            secrets: known + known.map { String(JSONValue.string($0).text().dropFirst().dropLast()) })
        return found
    }

    private func catalog(of project: Project) -> AgentCatalog {
        AgentCatalog(
            settings: project.settings, path: environment["PATH"] ?? "",
            surroundings: .init(
                zone: .utc, demoProgram: InstalledFiles.file("demo-agent", in: "scripts")))
    }
}
