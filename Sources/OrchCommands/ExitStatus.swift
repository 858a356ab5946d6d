/// What the program tells its caller when it ends.
package enum ExitStatus: Int32 {
    /// Done, or nothing to do.
    case done = 0
    case failed = 1
    case usage = 2
    case configuration = 3
    /// EX_TEMPFAIL of sysexits.h: the run goes on, with another host.
    case handedOver = 75
}
