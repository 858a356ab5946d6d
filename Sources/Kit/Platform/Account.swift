#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The user this process runs as.
package struct Account: Equatable, Sendable {
    package let userID: UInt32
    package let name: String
    /// The home folder, without a final slash.
    package let home: String

    package var isRoot: Bool { userID == 0 }

    /// The account of the effective user.
    ///
    /// Linux: `/etc/passwd` itself, because getpwuid(3) in a statically linked program loads the C library it
    /// was built with. Users of a directory service are not in it: for them `LOGNAME` (or `USER`) and `HOME`
    /// are taken.
    ///
    /// - Returns: nil when neither knows the user.
    package static func current() -> Account? {
        let userID = geteuid()
        return listed(userID) ?? fromVariables(userID)
    }

    #if canImport(Darwin)
        private static func listed(_ userID: UInt32) -> Account? {
            guard let entry = getpwuid(userID) else { return nil }
            return Account(
                userID: userID, name: String(cString: entry.pointee.pw_name),
                home: String(cString: entry.pointee.pw_dir))
        }
    #else
        private static func listed(_ userID: UInt32) -> Account? {
            let limitBytes = 16 << 20
            // An unreadable user list is like an empty one: the variables answer.
            guard let bytes = try? WholeFile.read("/etc/passwd", limitBytes: limitBytes) else { return nil }
            return find(userID, inPasswd: bytes)
        }
    #endif

    /// The account of `userID` in the text of a passwd(5) file: `name:password:uid:gid:comment:home:shell`.
    static func find(_ userID: UInt32, inPasswd bytes: [UInt8]) -> Account? {
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let fields = line.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            guard fields.count == 7, UInt32(String(decoding: fields[2], as: UTF8.self)) == userID else {
                continue
            }
            return Account(
                userID: userID, name: String(decoding: fields[0], as: UTF8.self),
                home: String(decoding: fields[5], as: UTF8.self))
        }
        return nil
    }

    private static func fromVariables(_ userID: UInt32) -> Account? {
        guard let name = getenv("LOGNAME") ?? getenv("USER"), let home = getenv("HOME") else { return nil }
        return Account(userID: userID, name: String(cString: name), home: String(cString: home))
    }
}
