import KitTesting
import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A log of a test's own, removed with its folder.
final class GrowingLog {
    let folder: String
    var path: String { "\(folder)/events.ndjson" }

    init() throws {
        var template = Array("\(Scratch.parent)/orch-log.XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw SystemError("mkdtemp") }
        folder = String(cString: made)
    }

    deinit {
        // A test that leaves something behind has failed for another reason already.
        try? Directory.remove(folder)
    }

    func append(_ text: String) throws { try append(Array(text.utf8)[...]) }

    func append(_ bytes: ArraySlice<UInt8>) throws {
        let file = try FileDescriptor(opening: path, O_WRONLY | O_CREAT | O_APPEND, mode: 0o600)
        try file.writeAll(Array(bytes), subject: path)
    }
}
