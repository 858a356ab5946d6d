#if os(Linux)
    import CSystem
    import Glibc
    import Platform

    /// epoll(7), level-triggered: what a wait costs goes with how many are ready, not with how many there
    /// are.
    final class EpollSource: ReadinessSource {
        /// How many are reported at a time; the others are by the next wait.
        private static let batch = 256

        private let epoll: FileDescriptor
        private var buffer = [csystem_readiness](repeating: csystem_readiness(), count: batch)

        init() throws(SystemError) {
            let raw = csystem_epoll_create()
            guard raw >= 0 else { throw SystemError("epoll_create1", code: errno) }
            epoll = FileDescriptor(owning: raw)
        }

        func add(_ entry: ReadyDescriptor) throws(SystemError) { try control(EPOLL_CTL_ADD, entry) }

        func change(_ entry: ReadyDescriptor) throws(SystemError) { try control(EPOLL_CTL_MOD, entry) }

        func remove(_ descriptor: Int32) {
            // Fails only for one that is not there, as after it was closed.
            _ = csystem_epoll_control(epoll.raw, EPOLL_CTL_DEL, descriptor, 0, 0)
        }

        private func control(_ operation: Int32, _ entry: ReadyDescriptor) throws(SystemError) {
            var events: UInt32 = 0
            if entry.readiness.contains(.readable) { events |= EPOLLIN.rawValue }
            if entry.readiness.contains(.writable) { events |= EPOLLOUT.rawValue }
            let token = UInt64(entry.generation) << 32 | UInt64(UInt32(bitPattern: entry.descriptor))
            guard csystem_epoll_control(epoll.raw, operation, entry.descriptor, events, token) == 0 else {
                throw SystemError("epoll_ctl", on: "descriptor \(entry.descriptor)", code: errno)
            }
        }

        func wait(milliseconds: Int32, into ready: inout [ReadyDescriptor]) throws(SystemError) {
            let count = csystem_epoll_wait(epoll.raw, &buffer, Int32(Self.batch), milliseconds)
            guard count >= 0 else {
                if errno == EINTR { return }
                throw SystemError("epoll_wait", code: errno)
            }
            for event in buffer[..<Int(count)] {
                // EPOLLERR and EPOLLHUP come unasked.
                let isOver = event.events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0
                var readiness: EventLoop.Interest = []
                if isOver || event.events & EPOLLIN.rawValue != 0 { readiness.insert(.readable) }
                if isOver || event.events & EPOLLOUT.rawValue != 0 { readiness.insert(.writable) }
                ready.append(
                    ReadyDescriptor(
                        Int32(truncatingIfNeeded: event.token), generation: UInt32(event.token >> 32),
                        readiness: readiness))
            }
        }
    }
#endif
