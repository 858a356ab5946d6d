import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// poll(2), for where there is no epoll: what a wait costs goes with how many descriptors there are.
final class PollSource: ReadinessSource {
    private var entries: [pollfd] = []
    private var generations: [UInt32] = []
    /// Where in `entries` a descriptor is.
    private var places: [Int32: Int] = [:]

    func add(_ entry: ReadyDescriptor) throws(SystemError) {
        places[entry.descriptor] = entries.count
        entries.append(pollfd(fd: entry.descriptor, events: Self.events(entry.readiness), revents: 0))
        generations.append(entry.generation)
    }

    func change(_ entry: ReadyDescriptor) throws(SystemError) {
        guard let place = places[entry.descriptor] else { return }
        entries[place].events = Self.events(entry.readiness)
    }

    func remove(_ descriptor: Int32) {
        guard let place = places.removeValue(forKey: descriptor) else { return }
        // The last one takes the free place, so that removing does not take time in their number.
        let last = entries.count - 1
        if place != last {
            entries.swapAt(place, last)
            generations.swapAt(place, last)
            places[entries[place].fd] = place
        }
        entries.removeLast()
        generations.removeLast()
    }

    func wait(milliseconds: Int32, into ready: inout [ReadyDescriptor]) throws(SystemError) {
        guard poll(&entries, nfds_t(entries.count), milliseconds) >= 0 else {
            // EAGAIN: macOS may be short of memory for a moment.
            if errno == EINTR || errno == EAGAIN { return }
            throw SystemError("poll", code: errno)
        }
        for (entry, generation) in zip(entries, generations) where entry.revents != 0 {
            guard entry.revents & Int16(POLLNVAL) == 0 else {
                throw SystemError("poll", on: "descriptor \(entry.fd)", code: EBADF)
            }
            let isOver = entry.revents & Int16(POLLHUP | POLLERR) != 0
            var readiness: EventLoop.Interest = []
            if isOver || entry.revents & Int16(POLLIN) != 0 { readiness.insert(.readable) }
            if isOver || entry.revents & Int16(POLLOUT) != 0 { readiness.insert(.writable) }
            ready.append(ReadyDescriptor(entry.fd, generation: generation, readiness: readiness))
        }
    }

    private static func events(_ interest: EventLoop.Interest) -> Int16 {
        var events: Int16 = 0
        if interest.contains(.readable) { events |= Int16(POLLIN) }
        if interest.contains(.writable) { events |= Int16(POLLOUT) }
        return events
    }
}
