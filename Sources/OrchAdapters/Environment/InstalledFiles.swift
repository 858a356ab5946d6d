import Platform

/// Files that come with the program: `PREFIX/share/orch` of an installed one, the tree of a built one.
package enum InstalledFiles {
    /// A build lies at most so deep in its tree (`.build/TRIPLE/release/orch`).
    private static let depthOfBuild = 5

    /// The folders of that name, best first; existing ones only.
    package static func folders(named name: String) -> [String] {
        guard let executable = ExecutablePath.current() else { return [] }
        var folders: [String] = []
        var parent = Self.parent(of: executable)
        for depth in 0..<depthOfBuild {
            if depth == 1 { folders.append("\(parent)/share/orch/\(name)") }
            folders.append("\(parent)/\(name)")
            parent = Self.parent(of: parent)
        }
        return folders.filter { FileStatus.ifPresent($0)?.kind == .directory }
    }

    /// One file below such a folder; nil where it was not installed.
    package static func file(_ name: String, in folder: String) -> String? {
        folders(named: folder).map { "\($0)/\(name)" }.first { FileStatus.ifPresent($0) != nil }
    }

    private static func parent(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }
}
