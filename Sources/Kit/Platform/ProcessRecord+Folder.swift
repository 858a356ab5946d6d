#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import CSystem
    import Darwin
#endif

extension ProcessRecord {
    /// The processes whose working directory is this folder or below it, as far as this user can see.
    ///
    /// - Parameter folder: absolute and without symbolic links.
    package static func working(in folder: String) -> [Int32] {
        allIDs().filter { pid in
            guard let place = workingFolder(of: pid) else { return false }
            return place == folder || place.hasPrefix(folder + "/")
        }
    }

    #if canImport(Darwin)
        private static func workingFolder(of pid: Int32) -> String? {
            var info = proc_vnodepathinfo()
            let size = Int32(MemoryLayout<proc_vnodepathinfo>.size)
            guard proc_pidinfo(pid, PROC_PIDVNODEPATHINFO, 0, &info, size) == size else { return nil }
            return withUnsafeBytes(of: &info.pvi_cdir.vip_path) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
        }
    #else
        private static func workingFolder(of pid: Int32) -> String? {
            var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
            let length = readlink("/proc/\(pid)/cwd", &buffer, buffer.count)
            guard length > 0 else { return nil }
            return String(decoding: buffer[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    #endif
}
