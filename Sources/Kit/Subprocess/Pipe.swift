package import Platform

#if canImport(Glibc)
    import CSystem
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Both ends of a pipe, close-on-exec and above the standard descriptors; each end has its own owner.
package struct Pipe: ~Copyable {
    package let reader: FileDescriptor
    package let writer: FileDescriptor

    package init() throws(SystemError) {
        var ends: [Int32] = [-1, -1]
        #if canImport(Darwin)
            // macOS has no pipe2(2). Programs are started there with POSIX_SPAWN_CLOEXEC_DEFAULT anyway.
            guard pipe(&ends) == 0 else { throw SystemError("pipe", code: errno) }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        #else
            guard pipe2(&ends, O_CLOEXEC) == 0 else { throw SystemError("pipe2", code: errno) }
        #endif
        let first = FileDescriptor(owning: ends[0])
        let second = FileDescriptor(owning: ends[1])
        // Both are made before either is kept: an initialiser may not fail half-way through owned fields.
        let raisedFirst = try first.aboveStandard()
        let raisedSecond = try second.aboveStandard()
        reader = raisedFirst
        writer = raisedSecond
    }
}
