import Arguments
import OrchAdapters
import OrchCore

/// Which project is meant.
enum ProjectChoice {
    /// By name, by directory, or by `owner/repository`.
    ///
    /// - Throws: `ConfigError` where the one that is meant cannot be used.
    static func named(_ wanted: String, among loaded: LoadedProjects) throws -> Project {
        let path = WorkingDirectory.canonical(wanted)
        let match = loaded.projects.first {
            $0.name == wanted || $0.directory == path
                || $0.settings.github.repository?.description == wanted
        }
        if let match { return match }
        if let broken = loaded.broken.first(where: { $0.name == wanted || $0.directory == path }) {
            throw broken.error
        }
        let names = try loaded.usable().map(\.name) + loaded.broken.map(\.name)
        let meant = Suggestion.closest(to: wanted, in: names)
        throw UsageError(
            problem: "there is no project “\(wanted)”",
            fix: meant.map { "did you mean `--project \($0)`?" } ?? "see `orch project list`")
    }

    /// The project whose checkout the directory is in; the innermost one.
    ///
    /// - Throws: `ConfigError` where that one cannot be used.
    static func around(_ directory: String, among loaded: LoadedProjects) throws -> Project? {
        let path = WorkingDirectory.canonical(directory) + "/"
        let around = (loaded.projects.map(\.directory) + loaded.broken.map(\.directory))
            .filter { path.hasPrefix($0 + "/") }
        guard let innermost = around.max(by: { $0.utf8.count < $1.utf8.count }) else { return nil }
        if let broken = loaded.broken.first(where: { $0.directory == innermost }) { throw broken.error }
        return loaded.projects.first { $0.directory == innermost }
    }
}
