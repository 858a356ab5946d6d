#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A copy that a child would inherit.
func dupWithoutCloseOnExec(_ descriptor: Int32) -> Int32 {
    fcntl(descriptor, F_DUPFD, 50)
}

/// Open descriptors of this process.
func openDescriptorCount() -> Int {
    (0..<4096).count { fcntl($0, F_GETFD) >= 0 }
}
