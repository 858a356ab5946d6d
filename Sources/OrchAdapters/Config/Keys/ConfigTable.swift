/// All keys there are, in the order of `config.example.yml`.
package enum ConfigTable {
    package static let keys = [
        places, workflow, router, models, agents, git, gitHub, listen, telegram, discord, people, notify,
        hooks, retired,
    ].flatMap(\.self)

    /// What is about this machine or about people rather than about one project: a project's file, which
    /// whoever may push can change, has no say in it.
    static let globalSections: Set = ["project_dir", "listen", "telegram", "discord", "people", "notify"]

    /// Whether only the global file's value counts.
    package static func isGlobal(_ path: String) -> Bool {
        ConfigKeyPath.parts(of: path).first.map { globalSections.contains($0) } ?? false
    }

    /// Whether there is such a key or section.
    package static func isKnown(_ path: String) -> Bool {
        shape.find(ConfigKeyPath.parts(of: path)) != nil
    }

    /// The same as a tree, to walk a file by.
    static let shape = ConfigShape(of: keys)
}
