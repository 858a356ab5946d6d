import KitTesting
import Platform

/// A folder of one test's own.
final class FileSandbox {
    let path = "\(Scratch.parent)/orch-files-\(UInt64.random(in: .min ... .max))"

    init() throws { try Directory.make(path) }
    deinit { try? Directory.remove(path) }

    func write(_ text: String, to name: String) throws {
        try AtomicFile.write(Array(text.utf8), to: "\(path)/\(name)", durability: .none)
    }

    func read(_ name: String) throws -> String {
        String(decoding: try WholeFile.read("\(path)/\(name)", limitBytes: 1 << 20), as: UTF8.self)
    }

    func names(in name: String = ".") throws -> [String] { try Directory.names(in: "\(path)/\(name)") }
}
