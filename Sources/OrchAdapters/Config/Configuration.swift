package import OrchCore
package import YAML

/// The global file, the project's file over it, and the environment's variables over both.
package struct Configuration: Sendable {
    package private(set) var settings = Settings()
    /// Everything that is wrong, in the order of the layers.
    package private(set) var problems: [ConfigProblem] = []
    /// The files that were read, the later over the earlier.
    package private(set) var layers: [ConfigLayer] = []
    private let environment: [String: String]

    package init(environment: [String: String]) { self.environment = environment }

    package var hasErrors: Bool { problems.contains { $0.severity == .error } }

    /// The same settings and layers, with a clean slate for what is laid over them.
    var withoutProblems: Configuration {
        var copy = self
        copy.problems = []
        return copy
    }

    /// The configuration of a project; of none where `directory` is nil.
    package static func read(
        _ paths: HomePaths, project directory: String?, environment: [String: String]
    ) -> Configuration {
        var configuration = Configuration(environment: environment)
        configuration.lay(paths.config)
        if let directory { configuration.layProject(directory) }
        configuration.layVariables(ConfigVariables.all)
        return configuration
    }

    /// Lays a file over what is set; a missing one changes nothing.
    ///
    /// - Parameter isProject: it is a project's own file.
    package mutating func lay(_ path: String, isProject: Bool = false) {
        do throws(ConfigError) {
            guard let layer = try ConfigLayer(reading: path) else { return }
            problems += layer.apply(to: &settings, environment: environment, isProject: isProject)
            layers.append(layer)
        } catch {
            problems += error.problems
        }
    }

    /// Lays a project's own file over what is set, and warns of a second one, which nobody reads.
    mutating func layProject(_ directory: String) {
        let files = HomePaths.projectConfigs(of: directory)
        guard let file = files.first else { return }
        lay(file, isProject: true)
        problems += files.dropFirst().map {
            ConfigProblem(
                .warning, at: .file($0, nil), problem: "it is ignored, because \(file) is there",
                fix: "move what is needed into that one, and delete it")
        }
    }

    mutating func layVariables(_ variables: [ConfigVariables.Row]) {
        problems += ConfigVariables.apply(variables, from: environment, to: &settings)
    }

    /// - Throws: everything that is wrong, if anything of it is an error.
    package func checked() throws(ConfigError) -> Settings {
        if hasErrors { throw ConfigError(problems) }
        return settings
    }

    /// The value of a key in effect, with or without v0's leading dot; of a section, all that is below it.
    ///
    /// Keys that orch does not know are answered as the files have them.
    /// - Throws: where no file and no default has such a key.
    package func value(of written: String) throws(ConfigError) -> Node {
        let parts = ConfigKeyPath.parts(of: written)
        if let (shape, names) = ConfigTable.shape.find(parts) {
            if let value = effective(shape, at: parts, names: names) { return value }
            return .null
        }
        guard let value = raw(parts) else {
            throw ConfigError([ConfigKeyPath.unknown(parts)])
        }
        return value
    }

    private func raw(_ parts: [String]) -> Node? {
        layers.reversed().lazy.compactMap { $0.root.at(parts.map { .key($0) }) }.first
    }

    private func effective(_ shape: ConfigShape, at parts: [String], names: [String]) -> Node? {
        if let key = shape.key {
            return key.isObeyed ? key.read(settings, names) : raw(parts) ?? key.standard
        }
        var entries: [Node.Entry] = []
        for name in shape.order + ownNames(of: shape, below: names) {
            guard let child = shape.child(name) else { continue }
            let below = shape.isOwn(name) ? names + [name] : names
            guard let value = effective(child, at: parts + [name], names: below) else { continue }
            entries.append(Node.Entry(key: .string(name), value: value))
        }
        return .mapping(entries)
    }

    /// What stands for the placeholder of a section in these settings.
    private func ownNames(of shape: ConfigShape, below names: [String]) -> [String] {
        var found: [String] = []
        for key in shape.below?.keys ?? [] {
            for own in key.names(settings) where own.count > names.count && own.starts(with: names) {
                if !found.contains(own[names.count]) { found.append(own[names.count]) }
            }
        }
        return found
    }
}
