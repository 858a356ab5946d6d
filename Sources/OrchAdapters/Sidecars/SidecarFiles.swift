package import JSON
package import OrchCore
import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// v0's JSON file beside each task, `DIRECTORY/ID.json`: one object on one line, as v0's `jq -c` writes it.
///
/// Writes are atomic; that no two processes write one file at a time is the caller's business (the task's
/// lease).
package struct SidecarFiles: Sidecars {
    /// A sidecar has a few kilobytes; one beyond this is not ours.
    static let limitBytes = 4 << 20

    private let directory: (TaskKey) -> String
    private let now: () -> Int64

    /// - Parameters:
    ///   - directory: the folder of a task's sidecar, `$STATE_DIR/tasks`; it need not exist.
    ///   - now: Unix seconds, for the names of files kept aside.
    package init(
        directory: @escaping (TaskKey) -> String, now: @escaping () -> Int64 = { WallClock.unixSeconds() }
    ) {
        self.directory = directory
        self.now = now
    }

    package func read(_ key: TaskKey) throws(SidecarError) -> [String: String] {
        let object = try load(try path(of: key))
        var values: [String: String] = [:]
        for (name, value) in object { values[name] = Self.text(of: value) }
        return values
    }

    package func merge(_ values: [String: SidecarValue], into key: TaskKey) throws(SidecarError) {
        try change(key) { object in
            // New keys come last, in the order of their names, so that equal updates give equal files.
            for (name, value) in values.sorted(by: { $0.key < $1.key }) {
                object[name] = Self.json(of: value)
            }
        }
    }

    /// The file's members as they are.
    package func object(_ key: TaskKey) throws(SidecarError) -> JSONObject { try load(try path(of: key)) }

    /// The file with exactly these members.
    package func replace(_ key: TaskKey, by members: JSONObject) throws(SidecarError) {
        try change(key) { $0 = members }
    }

    /// Reads, changes and writes the file, atomically.
    package func change(_ key: TaskKey, _ change: (inout JSONObject) -> Void) throws(SidecarError) {
        let path = try path(of: key)
        var object = try load(path)
        change(&object)
        let bytes = JSONValue.object(object).utf8() + [UInt8(ascii: "\n")]
        do throws(SystemError) {
            try Directory.make(directory(key))
            try AtomicFile.write(bytes, to: path, durability: .contents)
        } catch {
            throw SidecarError(path: path, detail: error.problem)
        }
    }

    /// - Throws: where the id could lead out of the folder, or to a hidden file.
    private func path(of key: TaskKey) throws(SidecarError) -> String {
        let folder = directory(key)
        guard FileNaming.isPlain(key.id) else {
            throw SidecarError(path: folder, detail: "“\(key.id)” cannot be a file's name")
        }
        return "\(folder)/\(key.id).json"
    }

    /// The file's members; none where there is no file, or one that had to be kept aside.
    private func load(_ path: String) throws(SidecarError) -> JSONObject {
        let bytes: [UInt8]?
        do throws(SystemError) {
            bytes = try WholeFile.readIfPresent(path, limitBytes: Self.limitBytes)
        } catch {
            throw SidecarError(path: path, detail: error.problem)
        }
        // An empty file is what v0's `> FILE` leaves for a moment while it writes. Renaming it would send
        // that write to the wrong file, and there is nothing in it to be kept.
        guard let bytes, bytes.contains(where: { $0 > UInt8(ascii: " ") }) else { return [:] }
        // What is wrong with the text does not matter: it is kept as it is, for a person to look at.
        if let object = (try? JSONValue(parsing: bytes))?.object { return object }
        try keepAside(path)
        return [:]
    }

    private func keepAside(_ path: String) throws(SidecarError) {
        let aside = "\(path).corrupt-\(now())"
        // Two readers that find the same torn file may both come here; the second finds it gone.
        guard rename(path, aside) == 0 || errno == ENOENT else {
            throw SidecarError(path: path, detail: SystemError("rename", on: path, code: errno).problem)
        }
    }

    /// As `jq -r` prints it: text as it is, everything else as JSON on one line; nil for null.
    private static func text(of value: JSONValue) -> String? {
        switch value {
        case .null: nil
        case .string(let text): text
        default: value.text()
        }
    }

    private static func json(of value: SidecarValue) -> JSONValue {
        switch value {
        case .text(let text): .string(text)
        case .list(let items): .array(items.map { .string($0) })
        case .null: .null
        }
    }
}

/// Names from outside that become part of a file's name.
enum FileNaming {
    /// So that with what is added to it no file system's limit of 255 is reached.
    private static let limitBytes = 100

    /// Whether it is 1…100 of `A-Z a-z 0-9 _ - .` and does not begin with a dot: such a name stays in its
    /// folder.
    static func isPlain(_ name: String) -> Bool {
        guard (1...limitBytes).contains(name.utf8.count), !name.hasPrefix(".") else { return false }
        return name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"): true
            default: "_-.".utf8.contains(byte)
            }
        }
    }
}
