#if canImport(Darwin)
    import CSystem
    import Darwin

    extension ProcessRecord {
        /// The record of a process; nil when there is none with this id.
        package init?(of pid: Int32) {
            var info = proc_bsdinfo()
            let size = Int32(MemoryLayout<proc_bsdinfo>.size)
            // The argument 1 asks for zombies as well.
            guard proc_pidinfo(pid, PROC_PIDTBSDINFO, 1, &info, size) == size else { return nil }
            self.init(
                pid: pid,
                parent: Int32(info.pbi_ppid),
                startTime: info.pbi_start_tvsec * 1_000_000 + info.pbi_start_tvusec,
                isZombie: info.pbi_status == UInt32(SZOMB))
        }

        static func allIDs() -> [Int32] {
            let slack = 64
            let expected = Int(proc_listallpids(nil, 0))
            guard expected > 0 else { return [] }
            var ids = [Int32](repeating: 0, count: expected + slack)
            let found = proc_listallpids(&ids, Int32(ids.count * MemoryLayout<Int32>.size))
            return Array(ids.prefix(max(0, Int(found))))
        }
    }
#endif
