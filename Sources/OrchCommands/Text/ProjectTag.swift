import Arguments
import OrchAdapters
import OrchCore

/// Says in the lines of a log whose they are: each of two projects may have a task 42.
struct ProjectTag {
    private let names: [Project.ID: String]

    /// - Parameter projects: all that lines may be about; where that is one, it is not named.
    init(_ projects: [Project]) {
        let pairs = projects.map { ($0.id, $0.name) }
        names = pairs.count > 1 ? Dictionary(pairs, uniquingKeysWith: { first, _ in first }) : [:]
    }

    /// `intake: app: task 42: taken in`. A line stays as it is where it names the project's folder.
    func naming(_ project: Project.ID, in line: String, of phase: String) -> String {
        let start = "\(phase): "
        guard let name = names[project], line.hasPrefix(start) else { return line }
        let rest = line.dropFirst(start.count)
        return rest.hasPrefix(project.rawValue) ? line : "\(start)\(name): \(rest)"
    }
}

extension Context {
    /// For what a tick or a sync says: of one project where `--project` names it, else of all.
    func projectTag() -> ProjectTag {
        ProjectTag(arguments.value("project") == nil ? loadedProjects().projects : [])
    }
}
