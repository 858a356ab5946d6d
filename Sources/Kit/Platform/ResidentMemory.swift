#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import CSystem
    import Darwin
#endif

/// How much memory this process takes.
package enum ResidentMemory {
    /// nil where the system does not tell. Linux: `/proc/self/statm`, proc(5). macOS: libproc.
    package static func bytes() -> Int? {
        #if canImport(Darwin)
            var usage = rusage_info_v2()
            let code = withUnsafeMutablePointer(to: &usage) { pointer in
                pointer.withMemoryRebound(to: rusage_info_t?.self, capacity: 1) {
                    proc_pid_rusage(getpid(), RUSAGE_INFO_V2, $0)
                }
            }
            return code == 0 ? Int(usage.ri_resident_size) : nil
        #else
            // Absent only where /proc is; nil says so.
            guard let bytes = try? WholeFile.read("/proc/self/statm", limitBytes: 256) else { return nil }
            let fields = String(decoding: bytes, as: UTF8.self).split(separator: " ")
            return fields.count > 1 ? Int(fields[1]).map { $0 * Int(sysconf(Int32(_SC_PAGESIZE))) } : nil
        #endif
    }

    /// More mappings than a program with a few dozen libraries has, in bytes of their list.
    private static let listLimitBytes = 4 << 20

    /// Hands the program's own code, and that of its libraries, back to the kernel, which keeps it in its
    /// cache as long as nobody needs the room: what is run again comes back by itself, page by page.
    ///
    /// For a program that lives long and has just started: a start runs through most of its code, once, and
    /// each page that it touches brings fifteen neighbours along. Where the system knows no such thing,
    /// nothing happens.
    package static func releaseCode() {
        #if canImport(Glibc)
            // Absent only where /proc is.
            guard let list = try? WholeFile.read("/proc/self/maps", limitBytes: listLimitBytes) else {
                return
            }
            for line in String(decoding: list, as: UTF8.self).split(separator: "\n") {
                guard let range = codeRange(line),
                    let start = UnsafeMutableRawPointer(bitPattern: range.lowerBound)
                else { continue }
                _ = madvise(start, range.count, MADV_DONTNEED)
            }
        #endif
    }

    /// The addresses of a mapping of proc(5)'s `maps`, where it holds a file's code: what can be written to
    /// would be lost, and so would what the loader has put into it before it took the permission away.
    package static func codeRange(_ line: some StringProtocol) -> Range<UInt>? {
        let fields = line.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: true)
        // Blanks stand before the path, so that paths are in a column.
        guard fields.count == 6, fields[1] == "r-xp", fields[5].drop(while: { $0 == " " }).first == "/"
        else { return nil }
        let ends = fields[0].split(separator: "-").map { UInt($0, radix: 16) }
        guard ends.count == 2, let start = ends[0], let end = ends[1], start < end else { return nil }
        return start..<end
    }
}
