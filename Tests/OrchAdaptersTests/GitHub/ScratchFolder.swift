import KitTesting
import Platform
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A folder of one test's own; it goes with the value.
final class ScratchFolder {
    let path = "\(Scratch.parent)/orch-scratch-\(getpid())-\(UInt64.random(in: .min ... .max))"

    init() {
        do throws(SystemError) { try Directory.make(path, mode: 0o700) } catch {
            Issue.record("no scratch folder: \(error.problem)")
        }
    }

    func write(_ text: String, to name: String) throws {
        try AtomicFile.write(Array(text.utf8), to: "\(path)/\(name)", durability: .none)
    }

    // What stays behind in a temporary folder harms nobody.
    deinit { try? Directory.remove(path) }
}
