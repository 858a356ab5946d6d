#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A system call that failed: which one, on what, and why.
package struct SystemError: Error, Equatable, Sendable {
    /// The call as its manual page names it, such as `open`.
    package let call: String
    /// The path or process it was about; empty when there is none.
    package let subject: String
    /// The value of `errno`.
    package let code: Int32

    package init(_ call: String, on subject: String = "", code: Int32 = errno) {
        self.call = call
        self.subject = subject
        self.code = code
    }

    /// Whether it failed because a file or one of its parents does not exist.
    package var isMissing: Bool { code == ENOENT || code == ENOTDIR }

    /// What went wrong, with the values.
    package var problem: String {
        let reason = String(cString: strerror(code))
        return subject.isEmpty ? "\(call) failed: \(reason)" : "\(call) of “\(subject)” failed: \(reason)"
    }

    /// What a person can do next.
    package var fix: String {
        switch code {
        case ENOENT, ENOTDIR: "check that the path exists"
        case EACCES, EPERM, EROFS: "check who owns it and its permissions"
        case ENOSPC, EDQUOT: "free some disk space"
        case EMFILE, ENFILE: "raise the limit of open files (ulimit -n)"
        case EISDIR: "move the folder out of the way: a file belongs there"
        case EFBIG: "make the file smaller"
        case ENAMETOOLONG: "take a shorter path; a unix socket's has about a hundred bytes"
        case ENOTSOCK: "move what is there out of the way: a socket belongs there"
        case EADDRNOTAVAIL: "take an address that this machine has, such as 127.0.0.1"
        default: "try again; if it stays, see \(call)(2) for this error"
        }
    }
}
