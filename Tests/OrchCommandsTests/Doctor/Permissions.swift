#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// - Returns: whether the mode was set.
func chmodded(_ path: String, _ mode: Int) -> Bool { chmod(path, mode_t(mode)) == 0 }
