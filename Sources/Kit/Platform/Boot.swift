#if canImport(Darwin)
    import CSystem
    import Darwin
#endif

/// This run of the machine, from power-on to power-off.
package enum Boot {
    /// A text that differs after each start of the machine; nil when the system does not tell.
    ///
    /// Linux: random(4), `/proc/sys/kernel/random/boot_id`. macOS: sysctl `kern.bootsessionuuid`.
    package static func id() -> String? {
        #if canImport(Darwin)
            var buffer = [UInt8](repeating: 0, count: 64)
            var length = buffer.count
            guard sysctlbyname("kern.bootsessionuuid", &buffer, &length, nil, 0) == 0, length > 1 else {
                return nil
            }
            return String(decoding: buffer[..<length].prefix { $0 != 0 }, as: UTF8.self)
        #else
            // Absent only where /proc is; nil says so.
            guard let bytes = try? WholeFile.read("/proc/sys/kernel/random/boot_id", limitBytes: 128) else {
                return nil
            }
            let text = bytes.prefix { $0 > UInt8(ascii: " ") }
            return text.isEmpty ? nil : String(decoding: text, as: UTF8.self)
        #endif
    }
}
