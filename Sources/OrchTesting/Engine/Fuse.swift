/// Kills a process at a chosen instant: every call through a fused port has two checkpoints,
/// before and after its effect.
///
/// A dead process has no effects any more: fused ports do nothing then, and the store refuses, so that
/// whoever still runs comes to its end at the next row.
package final class Fuse {
    /// Checkpoints that are left until the process dies; nil: it lives.
    private var left: Int?
    package private(set) var isDead = false
    /// Checkpoints that were passed since the fuse was last set.
    package private(set) var passed = 0

    package init() {}

    /// The process dies at the checkpoint of that number, from 0; nil: never.
    package func set(_ checkpoint: Int?) {
        left = checkpoint
        isDead = false
        passed = 0
    }

    /// - Returns: whether the process goes on.
    func pass() -> Bool {
        if isDead { return false }
        passed += 1
        guard let left else { return true }
        isDead = left == 0
        self.left = left - 1
        return !isDead
    }

    /// For ports that return nothing: the effect, unless the process is dead.
    package func guarding(_ effect: () -> Void) {
        guard pass() else { return }
        effect()
        _ = pass()
    }

    /// For ports that throw: `dead` is what a caller sees who should not be there any more.
    func guarding<Value, Failure: Error>(
        dead: Failure, _ effect: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        guard pass() else { throw dead }
        let value = try effect()
        guard pass() else { throw dead }
        return value
    }
}
