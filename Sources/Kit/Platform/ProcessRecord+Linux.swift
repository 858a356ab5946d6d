#if os(Linux)
    import Glibc

    extension ProcessRecord {
        /// The record of a process; nil when there is none with this id.
        package init?(of pid: Int32) {
            // Any failure to read means the same here: there is no such process to be seen.
            guard let bytes = try? WholeFile.read("/proc/\(pid)/stat", limitBytes: 4096) else { return nil }
            self.init(stat: bytes)
        }

        /// Reads a line of `/proc/PID/stat`, proc_pid_stat(5).
        ///
        /// The second field, the command's name in parentheses, may hold blanks, newlines and parentheses;
        /// the last closing one ends it, since only letters and numbers follow.
        init?(stat line: [UInt8]) {
            guard let nameEnd = line.lastIndex(of: UInt8(ascii: ")")),
                let pid = Int32(String(decoding: line.prefix { $0 != UInt8(ascii: " ") }, as: UTF8.self))
            else { return nil }
            let rest = line[(nameEnd + 1)...].split { $0 <= UInt8(ascii: " ") }
            // Fields are numbered from 1 in the manual; the first of `rest` is field 3, the state.
            guard rest.count > 22 - 3,
                let parent = Int32(String(decoding: rest[4 - 3], as: UTF8.self)),
                let startTime = UInt64(String(decoding: rest[22 - 3], as: UTF8.self))
            else { return nil }
            let isGone = rest[0].first.map { "ZXx".utf8.contains($0) } ?? true
            self.init(pid: pid, parent: parent, startTime: startTime, isZombie: isGone)
        }

        static func allIDs() -> [Int32] {
            // Without /proc nothing can be seen; an empty list says so.
            ((try? Directory.names(in: "/proc")) ?? []).compactMap { Int32($0) }
        }
    }
#endif
