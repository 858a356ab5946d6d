/// Repositories of skills are cloned when they are missing, moved when their pin has moved, and otherwise
/// looked after once in a while.
package enum SkillsRule {
    /// How often what has no pin is pulled.
    package static let interval: Duration = .seconds(3600)

    package struct Picture: Sendable {
        package var sources: [(source: SkillSource, state: SkillState)]
        /// Since the last time all of them were pulled; nil: never.
        package var sinceLast: Duration?

        package init(sources: [(source: SkillSource, state: SkillState)], sinceLast: Duration?) {
            self.sources = sources
            self.sinceLast = sinceLast
        }
    }

    package static func decide(_ picture: Picture) -> [Step] {
        picture.sources.compactMap { source, state in
            switch state {
            case .pinned: nil
            case .missing: Step(source: source, verb: "is cloned")
            case .elsewhere: Step(source: source, verb: "goes to its pin")
            case .following:
                picture.sinceLast.map { $0 >= interval } ?? true
                    ? Step(source: source, verb: "is pulled") : nil
            }
        }
    }

    package struct Step: SyncStep, Equatable {
        package let source: SkillSource
        let verb: String

        package var task: TaskKey? { nil }
        package var subject: String { "skills \(source.name)" }
        package var sentence: String { verb }
    }
}
