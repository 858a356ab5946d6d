import OrchAdapters
import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A conversation's own folder, for what its agent is given by file; it is gone when the conversation is.
struct ChatFolder: ~Copyable {
    let path: String

    /// - Parameter state: the project's; folders that killed conversations left there are taken away.
    init(in state: String) throws {
        let folders = "\(state)/chats"
        path = "\(folders)/\(getpid())"
        try Directory.make(path, mode: 0o700)
        for name in try Directory.names(in: folders) {
            guard let pid = Int32(name), pid > 0, kill(pid, 0) != 0, errno == ESRCH else { continue }
            try Directory.remove("\(folders)/\(name)")
        }
    }

    deinit {
        // The next conversation takes away what stays.
        try? Directory.remove(path)
    }
}
