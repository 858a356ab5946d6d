import OrchCore
import Platform
package import YAML

/// The registered projects, `projects.yml` as v0's `init` writes it:
///
///     projects:
///       - name: app
///         path: /home/me/app
package struct ProjectRegistry: Sendable {
    private let path: String

    package struct Entry: Equatable, Sendable {
        /// As registered; empty: the folder's name.
        package let name: String
        /// As registered.
        package let path: String
        /// Where it stands in the file.
        package let mark: Mark
    }

    package init(_ paths: HomePaths) { path = paths.projects }

    /// The entries in the order of the file, and what is wrong with the others.
    package func read() -> (entries: [Entry], problems: [ConfigProblem]) {
        do throws(ConfigError) {
            guard let layer = try ConfigLayer(reading: path) else { return ([], []) }
            return entries(in: layer.root)
        } catch {
            return ([], error.problems)
        }
    }

    /// Registers a project, unless its folder is registered already under whatever name.
    /// - Parameter directory: an absolute path.
    /// - Returns: whether it was added.
    @discardableResult
    package func add(_ directory: String, name: String) throws(ConfigError) -> Bool {
        let canonical = GitDirectory.canonical(directory)
        return try edit { entries, editor throws(YAMLError) in
            if entries.contains(where: { GitDirectory.canonical($0.path) == canonical }) { return false }
            try editor.append(["name": .string(name), "path": .string(canonical)], to: ["projects"])
            return true
        }
    }

    /// Takes a project from the list, by its name or its folder; the folder itself stays as it is.
    /// - Returns: what was removed; empty where nothing fits.
    @discardableResult
    package func remove(_ nameOrPath: String) throws(ConfigError) -> [Entry] {
        let canonical = GitDirectory.canonical(nameOrPath)
        return try edit { entries, editor throws(YAMLError) in
            let leaving = entries.enumerated().filter { _, entry in
                entry.name == nameOrPath || entry.path == nameOrPath
                    || GitDirectory.canonical(entry.path) == canonical
            }
            for (index, _) in leaving.reversed() { try editor.delete(["projects", .index(index)]) }
            return leaving.map(\.element)
        }
    }

    /// Changes the file by what stands in it at that moment. One that is not understood is not written to.
    private func edit<Outcome>(
        _ change: ([Entry], inout YAMLEditor) throws(YAMLError) -> Outcome
    ) throws(ConfigError) -> Outcome {
        let result = try ConfigFile(path).edit {
            editor throws(YAMLError) -> Result<Outcome, ConfigError> in
            let (entries, problems) = entries(in: editor.root)
            guard problems.isEmpty else { return .failure(ConfigError(problems)) }
            return .success(try change(entries, &editor))
        }
        return try result.get()
    }

    private func entries(in root: Node) -> (entries: [Entry], problems: [ConfigProblem]) {
        guard let projects = root["projects"], !projects.isNull else { return ([], []) }
        guard let items = projects.sequence else {
            return (
                [],
                [
                    wrong(
                        projects, "projects", "this is not a list",
                        fix: "write `- name: …` and `path: …` below it")
                ]
            )
        }
        var entries: [Entry] = []
        var problems: [ConfigProblem] = []
        for (index, item) in items.enumerated() {
            if let directory = item["path"]?.text, !directory.isEmpty {
                entries.append(Entry(name: item["name"]?.text ?? "", path: directory, mark: item.mark))
            } else {
                let fix = "write the project’s folder after `path:`, or remove the entry"
                problems.append(wrong(item, "projects[\(index)]", "the entry has no path", fix: fix))
            }
        }
        return (entries, problems)
    }

    private func wrong(_ node: Node, _ key: String, _ problem: String, fix: String) -> ConfigProblem {
        ConfigProblem(.error, at: .file(path, node.mark), key: key, problem: problem, fix: fix)
    }
}
