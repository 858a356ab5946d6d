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
}
