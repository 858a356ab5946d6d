import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Asking how a child ended.
enum Reaper {
    /// How it ended, leaving it a zombie, so that its number stays taken; nil while it runs.
    ///
    /// - Throws: `ECHILD` when it is no child of ours, or was reaped behind our back (SIGCHLD ignored).
    static func peek(_ pid: Int32) throws(SystemError) -> Exit? {
        var information = siginfo_t()
        while waitid(P_PID, id_t(pid), &information, WEXITED | WNOHANG | WNOWAIT) != 0 {
            guard errno == EINTR else { throw SystemError("waitid", on: "process \(pid)", code: errno) }
        }
        #if canImport(Darwin)
            let (child, status) = (information.si_pid, information.si_status)
        #else
            let (child, status) = (
                information._sifields._sigchld.si_pid, information._sifields._sigchld.si_status
            )
        #endif
        // waitid(2): success with process id 0 means that nothing has happened yet.
        guard child == pid else { return nil }
        return information.si_code == CLD_EXITED ? .exited(status) : .signalled(status)
    }

    /// How it ended, collecting it; nil while it runs.
    static func reap(_ pid: Int32) throws(SystemError) -> Exit? {
        var status: Int32 = 0
        while true {
            let reaped = waitpid(pid, &status, WNOHANG)
            if reaped == pid { return Exit(waitStatus: status) }
            if reaped == 0 { return nil }
            guard errno == EINTR else { throw SystemError("waitpid", on: "process \(pid)", code: errno) }
        }
    }
}
