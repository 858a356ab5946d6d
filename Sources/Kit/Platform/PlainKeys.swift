#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A terminal on which no key stops, ends or interrupts anything: Ctrl-S, Ctrl-C and Ctrl-D are only text.
///
/// It is as it was before when this goes. Lines are still edited by the terminal.
package struct PlainKeys: ~Copyable {
    private let descriptor: Int32
    private let before: termios

    private init(_ descriptor: Int32, before: termios) {
        self.descriptor = descriptor
        self.before = before
    }

    /// - Returns: nil where the descriptor is no terminal.
    package static func set(on descriptor: Int32) -> PlainKeys? {
        var mode = termios()
        guard tcgetattr(descriptor, &mode) == 0 else { return nil }
        let before = mode
        // Without IXON, Ctrl-S does not stop output; without ISIG, Ctrl-C, Ctrl-\ and Ctrl-Z send no signal.
        mode.c_iflag &= ~tcflag_t(IXON)
        mode.c_lflag &= ~tcflag_t(ISIG)
        // Ctrl-D would end the input. _POSIX_VDISABLE, which Swift does not see, says that no key does.
        #if canImport(Darwin)
            let disabled: cc_t = 0xFF
        #else
            let disabled: cc_t = 0
        #endif
        withUnsafeMutableBytes(of: &mode.c_cc) { $0[Int(VEOF)] = disabled }
        guard tcsetattr(descriptor, TCSANOW, &mode) == 0 else { return nil }
        return PlainKeys(descriptor, before: before)
    }

    deinit {
        var mode = before
        _ = tcsetattr(descriptor, TCSANOW, &mode)
    }
}
