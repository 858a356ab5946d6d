import Dispatch
import Platform
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// All files of the package, read once.
struct SourceTree: Sendable {
    /// The directory of `Package.swift`.
    let root: String
    let files: [TextFile]
    let swift: [SwiftFile]

    static let shared = SourceTree(root: packageRoot)

    /// From this file's own place: `ROOT/Tests/HouseStyleTests/SourceTree.swift`, wherever links lead to it.
    private static let packageRoot: String = {
        let resolved = realpath(#filePath, nil)
        defer { free(resolved) }
        let path = resolved.map { String(cString: $0) } ?? #filePath
        return "/" + path.split(separator: "/").dropLast(3).joined(separator: "/")
    }()

    init(root: String) {
        self.root = root
        files = Self.walk(root, "")
        swift = Self.scan(files.filter { $0.name.hasSuffix(".swift") })
    }

    /// A tree that only exists in a test of a rule.
    init(_ files: [TextFile], root: String = "/nowhere") {
        self.root = root
        self.files = files
        swift = files.filter { $0.name.hasSuffix(".swift") }.map(SwiftFile.init)
    }

    func file(_ path: String) -> TextFile? { files.first { $0.path == path } }

    /// Whether a file or a folder is there.
    func contains(_ path: String) -> Bool {
        files.contains { $0.path == path || $0.path.hasPrefix(path + "/") }
    }

    /// The names of the kit's modules, C ones included.
    var kitModules: Set<String> {
        Set(
            files.filter { $0.isIn("Sources/Kit") }.compactMap { file in
                let parts = file.path.split(separator: "/")
                return parts.count > 3 ? String(parts[2]) : nil
            })
    }

    /// On all cores, since this is most of what the whole suite does.
    private static func scan(_ files: [TextFile]) -> [SwiftFile] {
        let scanned = Mutex<[SwiftFile?]>(Array(repeating: nil, count: files.count))
        DispatchQueue.concurrentPerform(iterations: files.count) { index in
            let file = SwiftFile(files[index])
            scanned.withLock { $0[index] = file }
        }
        return scanned.withLock { $0.compactMap { $0 } }
    }

    /// Hidden folders that are ours all the same.
    private static let hiddenFolders: Set = [".github", ".ci"]
    /// A file over this is data, not text that somebody reads.
    private static let limitBytes = 1 << 20

    private static func walk(_ root: String, _ folder: String) -> [TextFile] {
        // A folder that vanishes while others work in the tree holds nothing to look at.
        let names = (try? Directory.names(in: "\(root)/\(folder)")) ?? []
        return names.flatMap { name -> [TextFile] in
            let path = folder.isEmpty ? name : "\(folder)/\(name)"
            switch FileStatus.ifPresent("\(root)/\(path)", followingLinks: false)?.kind {
            case .directory where !name.hasPrefix(".") || hiddenFolders.contains(name):
                return walk(root, path)
            case .file: return read(root, path).map { [$0] } ?? []
            default: return []
            }
        }
    }

    /// nil for what is no text.
    private static func read(_ root: String, _ path: String) -> TextFile? {
        guard let bytes = try? WholeFile.read("\(root)/\(path)", limitBytes: limitBytes) else { return nil }
        let isBinary = bytes.withUnsafeBytes { $0.baseAddress.flatMap { memchr($0, 0, bytes.count) } } != nil
        return isBinary ? nil : TextFile(path: path, bytes: bytes)
    }
}
