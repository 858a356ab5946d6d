#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import CSystem
    import Darwin
#endif

/// Processes recognised by a variable they were started with.
///
/// A mark in the environment is inherited by whatever a program starts, even by what leaves its session or
/// outlives its parent, so it finds descendants that a process tree has lost.
package enum ProcessEnvironment {
    /// More than the kernel lets arguments and environment take together (6 MiB on Linux, 1 MiB on macOS).
    private static let limitBytes = 8 << 20

    /// Processes of this user that were started with exactly `name=value`.
    ///
    /// The kernel keeps the environment of the start: later setenv(3) calls do not show. Programs that
    /// overwrite that memory (some rename themselves this way) are missed. This process can be among them;
    /// zombies cannot.
    package static func processes(with name: String, equalTo value: String) -> [Int32] {
        let entry = Array("\(name)=\(value)".utf8)
        return ProcessRecord.allIDs().filter { contains(entry, in: $0) }
    }

    #if canImport(Darwin)
        private static func contains(_ entry: [UInt8], in pid: Int32) -> Bool {
            var query: [Int32] = [CTL_KERN, KERN_PROCARGS2, pid]
            var length = 0
            guard sysctl(&query, u_int(query.count), nil, &length, nil, 0) == 0, length <= limitBytes else {
                return false
            }
            var bytes = [UInt8](repeating: 0, count: length)
            // Fails for processes of other users, which are none of ours.
            guard sysctl(&query, u_int(query.count), &bytes, &length, nil, 0) == 0 else { return false }
            return environment(ofProcessArguments: bytes[..<length]).contains { $0.elementsEqual(entry) }
        }
    #else
        private static func contains(_ entry: [UInt8], in pid: Int32) -> Bool {
            guard FileStatus.ifPresent("/proc/\(pid)")?.ownerID == geteuid(),
                // Fails when it has just ended or may not be looked at: then it is not one to name.
                let bytes = try? WholeFile.read("/proc/\(pid)/environ", limitBytes: limitBytes)
            else { return false }
            return bytes.split(separator: 0).contains { $0.elementsEqual(entry) }
        }
    #endif

    /// The environment part of what macOS's `KERN_PROCARGS2` returns.
    ///
    /// Layout (sysctl(3), `kern_procargs`): the argument count as a native 32-bit number, the program's path,
    /// padding zeros, then the arguments and the environment, each entry ended by a zero; an empty entry ends
    /// it.
    static func environment(ofProcessArguments bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        guard bytes.count > 4 else { return [] }
        let count = bytes.prefix(4).withUnsafeBytes { $0.loadUnaligned(as: Int32.self) }
        let afterPath = bytes.dropFirst(4).drop { $0 != 0 }.drop { $0 == 0 }
        let entries = afterPath.split(separator: 0, omittingEmptySubsequences: false)
        return Array(entries.dropFirst(Int(max(0, count))).prefix { !$0.isEmpty })
    }
}
