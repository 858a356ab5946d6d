/// How hard a task is thought to be; picks the model (`model_map`) and the time limit.
package enum Complexity: String, CaseIterable, Sendable {
    case simple
    case medium
    case complex

    /// What a task without a `complexity:` label counts as.
    package static let assumed = Complexity.medium
}
