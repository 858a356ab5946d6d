import KitTesting
import OrchCore
import Platform
import YAML

@testable import OrchAdapters

/// A folder of one test's own with a home for orch in it; it goes with the value.
final class ConfigSandbox {
    let root: String
    var environment: [String: String]

    init() throws {
        let made = "\(Scratch.parent)/orch-config-\(UInt64.random(in: .min ... .max))"
        try Directory.make("\(made)/home/.orch")
        root = GitDirectory.canonical(made)
        environment = ["HOME": "\(root)/home"]
    }

    deinit {
        // What stays behind in a temporary folder harms nobody.
        try? Directory.remove(root)
    }

    func path(_ name: String) -> String { "\(root)/\(name)" }

    var paths: HomePaths { get throws { try HomePaths(environment: environment) } }

    /// - Returns: its path.
    @discardableResult
    func write(_ text: String, to name: String, mode: UInt16 = 0o644) throws -> String {
        let target = path(name)
        if let slash = target.lastIndex(of: "/") { try Directory.make(String(target[..<slash])) }
        try AtomicFile.write(Array(text.utf8), to: target, mode: mode, durability: .none)
        return target
    }

    func read(_ name: String) throws -> String {
        String(decoding: try WholeFile.read(path(name), limitBytes: 1 << 20), as: UTF8.self)
    }

    /// A folder with a git configuration that names `url` as its origin.
    @discardableResult
    func checkout(_ name: String, origin url: String) throws -> String {
        try gitFolder("\(name)/.git", config: "[remote \"origin\"]\n\turl = \(url)\n")
        return path(name)
    }

    func gitFolder(_ name: String, config: String) throws {
        try write("ref: refs/heads/main\n", to: "\(name)/HEAD")
        try Directory.make(path("\(name)/objects"))
        try Directory.make(path("\(name)/refs"))
        try write(config, to: "\(name)/config")
    }

    /// The configuration of a project, from the text of the global file and of its own.
    func configuration(_ global: String, project: String? = nil) throws -> Configuration {
        try write(global, to: "home/.orch/config.yml")
        guard let project else { return .read(try paths, project: nil, environment: environment) }
        try write(project, to: "project/orchestrator.yml")
        return .read(try paths, project: path("project"), environment: environment)
    }
}

/// What one file says, and all that is wrong with it.
func settings(
    of text: String, environment: [String: String] = [:]
) throws -> (settings: Settings, problems: [ConfigProblem]) {
    var settings = Settings()
    let layer = try ConfigLayer(path: "c.yml", bytes: Array(text.utf8))
    let problems = layer.apply(to: &settings, environment: environment)
    return (settings, problems)
}
