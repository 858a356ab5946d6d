#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import CSystem
    import Darwin
#endif

/// Where this program is.
package enum ExecutablePath {
    /// The absolute path of the running program, links resolved; nil when the system does not tell.
    ///
    /// After an upgrade that replaced the file this is the path of the new one, which is what a restart
    /// wants.
    package static func current() -> String? {
        #if canImport(Darwin)
            var size = UInt32(PATH_MAX)
            var buffer = [CChar](repeating: 0, count: Int(size))
            guard _NSGetExecutablePath(&buffer, &size) == 0, let resolved = realpath(buffer, nil) else {
                return nil
            }
            defer { free(resolved) }
            return String(cString: resolved)
        #else
            var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
            let count = readlink("/proc/self/exe", &buffer, buffer.count)
            guard count > 0 else { return nil }
            let path = String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
            // proc(5): the link of a file that was removed ends so.
            let removedMark = " (deleted)"
            return path.hasSuffix(removedMark) ? String(path.dropLast(removedMark.count)) : path
        #endif
    }
}
