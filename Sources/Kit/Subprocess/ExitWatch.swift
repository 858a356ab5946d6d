package import Platform

#if canImport(Glibc)
    import CSystem
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A descriptor that becomes readable when a process has ended, and stays so; nothing is reaped by it.
///
/// Linux: pidfd_open(2), since 5.3. macOS: kqueue(2) with `EVFILT_PROC`. Either can be waited for together
/// with pipes, without a signal handler and without asking again and again.
package struct ExitWatch: ~Copyable {
    let descriptor: FileDescriptor

    /// For an `EventPoll`.
    package var number: Int32 { descriptor.raw }

    /// - Parameter pid: a child that was not reaped yet, or any other process. Of the latter, compare the
    ///   `ProcessIdentity` afterwards: the number may have passed to another just before.
    package init(_ pid: Int32) throws(SystemError) {
        descriptor = try ExitWatch.opened(pid)
    }

    #if canImport(Darwin)
        private static func opened(_ pid: Int32) throws(SystemError) -> FileDescriptor {
            let raw = kqueue()
            guard raw >= 0 else { throw SystemError("kqueue", code: errno) }
            let queue = FileDescriptor(owning: raw)
            _ = fcntl(raw, F_SETFD, FD_CLOEXEC)
            do throws(SystemError) {
                try add(UInt(pid), EVFILT_PROC, NOTE_EXIT, to: queue)
            } catch  where error.code == ESRCH {
                // It has ended before it could be watched: have the queue say so at once.
                try add(0, EVFILT_USER, UInt32(NOTE_FFNOP), to: queue)
                try add(0, EVFILT_USER, UInt32(NOTE_TRIGGER), to: queue)
            }
            return queue
        }

        private static func add(
            _ identifier: UInt, _ filter: Int32, _ flags: UInt32, to queue: borrowing FileDescriptor
        ) throws(SystemError) {
            var event = kevent(
                ident: identifier, filter: Int16(filter), flags: UInt16(EV_ADD), fflags: flags, data: 0,
                udata: nil)
            guard kevent(queue.raw, &event, 1, nil, 0, nil) == 0 else {
                throw SystemError("kevent", code: errno)
            }
        }
    #else
        private static func opened(_ pid: Int32) throws(SystemError) -> FileDescriptor {
            let raw = csystem_pidfd_open(pid)
            guard raw >= 0 else { throw SystemError("pidfd_open", on: "process \(pid)", code: errno) }
            return FileDescriptor(owning: raw)
        }
    #endif

    /// Watches a program that was just started; if that fails, ends and collects it.
    static func starting(_ pid: Int32, group: Child.Group) throws(SubprocessError) -> ExitWatch {
        do throws(SystemError) {
            return try ExitWatch(pid)
        } catch {
            _ = kill(group == .ours ? pid : -pid, SIGKILL)
            while waitpid(pid, nil, 0) < 0 && errno == EINTR {}
            throw .cannotWait(error)
        }
    }
}
