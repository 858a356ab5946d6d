import OrchCore
import SHA2

/// Short names for projects: unique, and safe in the name of a tmux session.
enum ProjectName {
    /// Long enough for any folder anyone would name; a session's name has to fit a status line.
    private static let limit = 48

    /// `text` of `a-z A-Z 0-9 _ -` alone; everything else becomes `-`.
    static func safe(_ text: String) -> String {
        let bytes = text.utf8.prefix(limit).map { isSafe($0) ? $0 : UInt8(ascii: "-") }
        let name = String(decoding: bytes, as: UTF8.self)
        return name.allSatisfy { $0 == "-" } ? "project" : name
    }

    /// The name of a folder, without the `.git` of a bare clone.
    static func ofDirectory(_ path: String) -> String {
        let name = path.split(separator: "/").last ?? "project"
        return String(name.hasSuffix(".git") && name.count > 4 ? name.dropLast(4) : name)
    }

    /// `name`, or `name-xxxx` from the path's SHA-256 where `taken` has it: the same folder gets the same
    /// name each time, and whoever had the name first keeps it.
    static func unique(_ name: String, path: String, taken: Set<String>) -> String {
        if !taken.contains(name) { return name }
        let digest = Hexadecimal.encode(SHA256.hash(path.utf8))
        let candidates = stride(from: 4, through: digest.utf8.count, by: 4).lazy.map {
            "\(name)-\(digest.prefix($0))"
        }
        return candidates.first { !taken.contains($0) } ?? "\(name)-\(digest)"
    }

    private static func isSafe(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
    }
}
