/// How far local time is from UTC in one zone, at every moment past and future.
///
/// It reads the system's zone files (RFC 9636) itself instead of calling localtime_r(3): that one knows a
/// single zone, set by a variable of the whole process, which no other thread may be reading meanwhile.
package struct ZoneRules: Equatable, Sendable {
    /// What is in force between two changes.
    package struct Offset: Equatable, Hashable, Sendable {
        /// Seconds to add to UTC; positive east of Greenwich.
        package let seconds: Int
        package let isDaylightSaving: Bool
        /// Such as `CET`, or `-03` where no letters are in use.
        package let abbreviation: String
    }

    /// The name it was asked for by; `UTC`, `localtime` or a rule in POSIX form otherwise.
    package let name: String
    /// Moments of change, ascending, in unix seconds.
    let changes: [Int64]
    /// What holds from the change of the same index on.
    let offsets: [Offset]
    /// What holds before the first change.
    let initial: Offset
    /// What holds after the last change; nil when the last offset stays for ever.
    let rule: PosixZoneRule?

    package static let utc = ZoneRules(
        fixed: Offset(seconds: 0, isDaylightSaving: false, abbreviation: "UTC"))

    init(fixed offset: Offset) {
        self.init(name: offset.abbreviation, changes: [], offsets: [], initial: offset, rule: nil)
    }

    init(name: String, changes: [Int64], offsets: [Offset], initial: Offset, rule: PosixZoneRule?) {
        (self.name, self.changes, self.offsets) = (name, changes, offsets)
        (self.initial, self.rule) = (initial, rule)
    }

    /// What is in force at a moment.
    package func offset(at unixSeconds: Int64) -> Offset {
        let following = firstChange(after: unixSeconds)
        if following == changes.count, let rule { return rule.offset(at: unixSeconds) }
        return following == 0 ? initial : offsets[following - 1]
    }

    /// What clocks in this zone show at a moment.
    package func localTime(at unixSeconds: Int64) -> LocalTime {
        LocalTime(secondsSinceEpoch: unixSeconds + Int64(offset(at: unixSeconds).seconds))
    }

    private func firstChange(after moment: Int64) -> Int {
        var (low, high) = (0, changes.count)
        while low < high {
            let middle = (low + high) / 2
            if changes[middle] <= moment { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension ZoneRules {
    /// The moments at which clocks show a given time.
    package enum Moments: Equatable, Sendable {
        case once(Int64)
        /// Clocks were put back over it: it is shown twice.
        case twice(earlier: Int64, later: Int64)
        /// Clocks were put forward over it: it is never shown. `until` is the first moment after the gap.
        case never(until: Int64)

        /// One moment in unix seconds: the earlier of two, the end of the gap for none.
        package var first: Int64 {
            switch self {
            case .once(let moment), .twice(let moment, _), .never(let moment): moment
            }
        }
    }

    /// When clocks in this zone show `local`.
    package func moments(of local: LocalTime) -> Moments {
        // No zone is further than 26 hours from UTC (RFC 9636 §3.2), so these are all the offsets that can
        // matter.
        let reach: Int64 = 26 * 3600
        let shown = local.secondsSinceEpoch
        let nearby = Set([shown - reach, shown, shown + reach].map { Int64(offset(at: $0).seconds) })
        let moments = nearby.map { shown - $0 }.filter { localSeconds(at: $0) == shown }.sorted()
        switch (moments.first, moments.last) {
        case (let earlier?, let later?) where earlier != later: return .twice(earlier: earlier, later: later)
        case (let only?, _): return .once(only)
        default: return .never(until: endOfGap(over: shown, between: shown - reach, and: shown + reach))
        }
    }

    private func localSeconds(at moment: Int64) -> Int64 {
        moment + Int64(offset(at: moment).seconds)
    }

    /// The first moment at which clocks show more than `shown`, which they skip; by bisection.
    private func endOfGap(over shown: Int64, between before: Int64, and after: Int64) -> Int64 {
        var (low, high) = (before, after)
        while low < high {
            let middle = low + (high - low) / 2
            if localSeconds(at: middle) > shown { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
