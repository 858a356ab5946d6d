/// A process, named so that no other can be taken for it: not after a reboot, nor when its pid is used again.
package struct Owner: Hashable, Sendable {
    package let bootID: String
    package let pid: Int32
    /// The kernel's own start time of the process, in its own unit; only compared.
    package let startTime: UInt64

    package init(bootID: String, pid: Int32, startTime: UInt64) {
        self.bootID = bootID
        self.pid = pid
        self.startTime = startTime
    }
}
