package import OrchCore

/// A disk in memory, on which every attempt has its folder.
package final class MemoryDisk {
    package var files: [String: String] = [:]
    package private(set) var directories: Set<String> = []

    package init() {}

    func makeDirectory(_ path: String) { directories.insert(path) }
}

/// The files of one attempt.
package final class MemoryAttemptFiles: AttemptFiles {
    private let disk: MemoryDisk
    private let directory: String
    private let fuse: Fuse
    /// Thrown by every write from now on.
    package var failure: AttemptFileError?

    package init(_ directory: String, on disk: MemoryDisk, fuse: Fuse) {
        self.directory = directory
        self.disk = disk
        self.fuse = fuse
    }

    private func call<Value>(
        _ work: () throws(AttemptFileError) -> Value
    ) throws(AttemptFileError) -> Value {
        try fuse.guarding(dead: AttemptFileError(path: directory, detail: "dead"), work)
    }

    private func write(_ change: (MemoryDisk) -> Void) throws(AttemptFileError) {
        try call { () throws(AttemptFileError) in
            if let failure { throw failure }
            change(disk)
        }
    }

    package func write(_ text: String, to name: String) throws(AttemptFileError) {
        try write { $0.files["\(directory)/\(name)"] = text }
    }

    package func append(line: String, to name: String) throws(AttemptFileError) -> Int {
        try write { $0.files["\(directory)/\(name)", default: ""] += line + "\n" }
        return disk.files["\(directory)/\(name)"]?.utf8.count ?? 0
    }

    package func lastLines(of name: String) throws(AttemptFileError) -> [String] {
        try call { () throws(AttemptFileError) in
            (disk.files["\(directory)/\(name)"] ?? "").split(separator: "\n").suffix(9).map(String.init)
        }
    }

    package func read(path: String, limit: Int) throws(AttemptFileError) -> String? {
        try call { () throws(AttemptFileError) in
            let text = disk.files[path]
            if let bytes = text?.utf8.count, bytes > limit {
                throw .tooLarge(path: path, bytes: bytes, limit: limit)
            }
            return text
        }
    }

    package func remove(path: String) throws(AttemptFileError) { try write { $0.files[path] = nil } }

    package func makeDirectory(_ path: String) throws(AttemptFileError) {
        try write { $0.makeDirectory(path) }
    }
}
