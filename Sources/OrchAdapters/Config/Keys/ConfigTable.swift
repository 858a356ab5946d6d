/// All keys there are, in the order of `config.example.yml`.
package enum ConfigTable {
    package static let keys = [
        places, workflow, router, models, agents, git, gitHub, listen, telegram, discord, people, notify,
        hooks, retired,
    ].flatMap(\.self)

    /// Whether there is such a key or section.
    package static func isKnown(_ path: String) -> Bool {
        shape.find(ConfigKeyPath.parts(of: path)) != nil
    }

    /// The same as a tree, to walk a file by.
    static let shape = ConfigShape(of: keys)
}
