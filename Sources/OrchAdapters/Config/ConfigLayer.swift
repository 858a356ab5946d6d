package import OrchCore
import Platform
package import YAML

/// One configuration file as it was written, to be laid over what is set already.
package struct ConfigLayer: Sendable {
    package let path: String
    /// A mapping, or null.
    package let root: Node

    /// - Returns: nil where there is no file.
    /// - Throws: the one problem that keeps the file from being read as YAML.
    package init?(reading path: String) throws(ConfigError) {
        guard let bytes = try ConfigFile.bytes(of: path) else { return nil }
        try self.init(path: path, bytes: bytes)
    }

    package init(path: String, bytes: [UInt8]) throws(ConfigError) {
        self.path = path
        do throws(YAMLError) {
            root = try Node.parse(bytes: bytes)
        } catch {
            throw ConfigError(error, in: path)
        }
        guard root.isNull || root.mapping != nil else {
            throw ConfigError([
                ConfigProblem(
                    .error, at: .file(path, root.mark),
                    problem: "\(ConfigDecoder.show(root)) is no configuration",
                    fix: "write `key: value` lines, as in config.example.yml")
            ])
        }
    }

    /// Sets what the file says, key by key; what it does not mention stays. Lists are replaced as a whole,
    /// and a key with nothing after it has its default again.
    ///
    /// - Parameter isProject: the file is a project's own, so that some sections are warned of and left out.
    /// - Returns: everything that is wrong with it; a key whose value is wrong stays as it was.
    package func apply(
        to settings: inout Settings, environment: [String: String], isProject: Bool = false
    ) -> [ConfigProblem] {
        var walk = Walk(decoder: ConfigDecoder(file: path, environment: environment), settings: settings)
        walk.isProject = isProject
        walk.visit(root, ConfigTable.shape)
        settings = walk.settings
        return walk.decoder.problems
    }

    /// A walk through the file along the table of keys, no deeper than the table is.
    private struct Walk {
        var decoder: ConfigDecoder
        var settings: Settings
        var isProject = false
        /// What stands for the placeholders on the way here.
        private var names: [String] = []

        init(decoder: ConfigDecoder, settings: Settings) {
            self.decoder = decoder
            self.settings = settings
        }

        mutating func visit(_ node: Node, _ shape: ConfigShape) {
            for entry in node.mapping ?? [] {
                let name = entry.key.text ?? ""
                decoder.path.append(name)
                if isProject, decoder.path.count == 1, ConfigTable.globalSections.contains(name) {
                    decoder.warn(
                        entry.key, "only the global file’s counts; it is ignored", fix: "move it there")
                } else if let child = shape.child(name) {
                    let isOwn = shape.isOwn(name)
                    if isOwn { names.append(name) }
                    visit(entry.value, at: child)
                    if isOwn { names.removeLast() }
                } else {
                    reportUnknown(entry.key, name, in: shape)
                }
                decoder.path.removeLast()
            }
        }

        private mutating func visit(_ node: Node, at shape: ConfigShape) {
            if let key = shape.key {
                decoder.isExpanding = key.isExpanded
                key.apply(node, names, to: &settings, &decoder)
            } else if node.mapping != nil {
                visit(node, shape)
            } else if !node.isNull {
                let examples = shape.order.prefix(3).joined(separator: ", ")
                decoder.refuse(
                    node, "\(ConfigDecoder.show(node)) is not a mapping",
                    fix: "write its keys on lines of their own below it"
                        + (examples.isEmpty ? "" : " (\(examples) …)"))
            }
        }

        private mutating func reportUnknown(_ key: Node, _ name: String, in shape: ConfigShape) {
            if name == "<<" {
                decoder.refuse(
                    key, "merge keys are YAML 1.1 and are not read", fix: "write the keys out here")
                return
            }
            if let placeholder = shape.placeholder {
                decoder.refuse(key, "“\(name)” is not \(placeholder.words)", fix: "choose another name")
                return
            }
            let meant = ConfigShape.suggestion(for: name, in: decoder.path.dropLast())
            decoder.warn(
                key, "there is no such key; it is ignored",
                fix: meant.map { "did you mean `\($0)`?" } ?? "remove it, or see config.example.yml")
        }
    }
}
