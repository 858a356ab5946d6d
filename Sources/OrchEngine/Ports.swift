package import OrchCore

/// Everything that the engine touches the world through; `Live` of the
/// commands names the adapters behind it.
package struct Ports {
    package var store: any Store
    /// What each project's tasks live on; nil where the project has no such backend.
    package var tracker: (Project, TaskKey.Backend) -> (any Tracker)?
    /// Where the project's branches become pull requests; nil: pushed branches are the result.
    package var forge: (Project) -> (any Forge)?
    /// The project's open pull requests; nil where it has no forge.
    package var pulls: (Project) -> (any PullRequests)?
    /// Whether pull requests are reviewed whoever wrote them, as v0's script does.
    package var reviewsStrangers = false
    /// Where the project's board is; nil where it has no forge.
    package var boards: (Project) -> (any Boards)?
    /// The repositories of skills that a project uses.
    package var skillSources: (Project) throws -> [SkillSource]
    /// Where they are cloned to; nil: nowhere.
    package var skillLibrary: (any SkillLibrary)?
    /// v0's list of reviews; nil where there is none to be kept.
    package var reviewLedger: (Project) -> (any ReviewLedger)?
    /// v0's memory of mentions; nil where there is none to be kept.
    package var mentionLedger: (Project) -> (any MentionLedger)?
    /// How the project's repository tells of what happens in it; nil where it has no forge.
    package var webhooks: (Project) -> (any Webhooks)?
    /// What is said below the project's issues and pull requests; nil: nothing is read there.
    package var threads: (Project) -> (any Threads)?
    /// What runs have left beside rows; nil: nothing of it is looked at.
    package var storeroom: (any Storeroom)?
    /// The processes that work in a folder.
    package var occupants: (String) -> [Int32]
    /// Adds to the notes on a task that its agents are given, v0's `contexts/task-ID.md`; a second time
    /// changes nothing.
    package var addContext: (Project, TaskKey, String) throws -> Void
    package var repository: (Project) -> any Repository
    package var sidecars: (Project) -> any Sidecars
    package var claims: any Claims
    /// The jobs; nil where there are none.
    package var timetable: (any Timetable)?
    package var hosts: any Hosts
    /// The agents that are installed and enabled, in the order of preference.
    package var agents: (Project) -> [AgentName]
    /// The agents that a person may name, installed or not.
    package var knownAgents: (Project) -> [AgentName]
    /// Which of these programs are not on PATH.
    package var missingPrograms: ([String]) -> [String]
    /// Where the attempts of a project's runs have their folders.
    package var attemptsRoot: (Project) -> String
    /// What must not leave in anything that is written for others to read.
    package var redaction: (Project) -> Redaction
    /// Runs a configured hook of the project in the background, with these facts in its environment.
    package var hook: (Project, String, [String: String]) -> Void
    /// Who is to tell people of something, by the names of their sinks.
    package var sinks: (Notice) -> [String]
    package var now: () -> Timestamp

    package init(
        store: any Store, hosts: any Hosts, claims: any Claims,
        repository: @escaping (Project) -> any Repository, sidecars: @escaping (Project) -> any Sidecars,
        now: @escaping () -> Timestamp
    ) {
        self.store = store
        self.repository = repository
        self.sidecars = sidecars
        self.hosts = hosts
        self.claims = claims
        self.now = now
        hook = { _, _, _ in }
        tracker = { _, _ in nil }
        forge = { _ in nil }
        pulls = { _ in nil }
        reviewLedger = { _ in nil }
        mentionLedger = { _ in nil }
        threads = { _ in nil }
        webhooks = { _ in nil }
        occupants = { _ in [] }
        addContext = { _, _, _ in }
        skillSources = { _ in [] }
        boards = { _ in nil }
        redaction = { _ in Redaction(secrets: []) }
        sinks = { _ in [] }
        agents = { _ in [] }
        knownAgents = { _ in [] }
        missingPrograms = { _ in [] }
        attemptsRoot = { "\($0.directory)/.orchestrator/attempts" }
    }
}
