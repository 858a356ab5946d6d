package import Platform

extension CronSchedule {
    /// The first fire after a moment, in unix seconds; nil for a day that no year has, such as 31 February.
    package func next(after moment: Int64, in zone: ZoneRules) -> Int64? {
        // Whole minutes of unix time are whole minutes on the wall: no zone in use is off by seconds since
        // 1972.
        if !hours.isRestricted { return shown(from: moment.startOfMinute + 60, by: 60, in: zone) }
        let start = zone.localTime(at: moment)
        return appointments(from: start, by: 1) { local in
            let fire = zone.moments(of: local).first
            return fire > moment ? fire : nil
        }
    }

    /// The last fire before a moment, in unix seconds; nil as above.
    package func previous(before moment: Int64, in zone: ZoneRules) -> Int64? {
        if !hours.isRestricted { return shown(from: (moment - 1).startOfMinute, by: -60, in: zone) }
        // A time that is still to be shown again has had its fire: clocks are never put back by more than a
        // day.
        let start = LocalTime(secondsSinceEpoch: zone.localTime(at: moment).secondsSinceEpoch + 86_400)
        return appointments(from: start, by: -1) { local in
            let fire = zone.moments(of: local).first
            return fire < moment ? fire : nil
        }
    }

    /// 29 February of a century year's neighbours is eight years away; a day more for the zone.
    private static let searchDays = 8 * 366 + 1

    /// The first of the schedule's local times, from the day of `start` on or back, that `fire` takes. In
    /// either direction their moments are in order, since of two the first one counts.
    private func appointments(
        from start: LocalTime, by direction: Int, fire: (LocalTime) -> Int64?
    ) -> Int64? {
        let today = LocalTime.days(year: start.year, month: start.month, day: start.day)
        let hours = ordered(0...23, direction).filter(hours.contains)
        let minutes = ordered(0...59, direction).filter(minutes.contains)
        for distance in 0...Self.searchDays {
            let day = LocalTime(secondsSinceEpoch: (today + Int64(direction * distance)) * 86_400)
            guard matchesDay(day) else { continue }
            for hour in hours {
                for minute in minutes {
                    let local = day.at(hour, minute)
                    let isAhead = (local.secondsSinceEpoch - start.secondsSinceEpoch) * Int64(direction) >= 0
                    // On the first day the times behind the start have had their moment.
                    if distance == 0, !isAhead { continue }
                    if let found = fire(local) { return found }
                }
            }
        }
        return nil
    }

    private func ordered(_ range: ClosedRange<Int>, _ direction: Int) -> [Int] {
        direction > 0 ? Array(range) : range.reversed()
    }

    /// The first moment whose shown time matches, minute by minute, but for days that do not.
    private func shown(from start: Int64, by step: Int64, in zone: ZoneRules) -> Int64? {
        var moment = start
        let end = start + step / 60 * Int64(Self.searchDays) * 86_400
        while step > 0 ? moment < end : moment > end {
            let local = zone.localTime(at: moment)
            if matches(local) { return moment }
            moment = matchesDay(local) ? moment + step : otherDay(than: local, from: moment, step, in: zone)
        }
        return nil
    }

    /// The first minute of the following day, or the last one of the day before.
    private func otherDay(than local: LocalTime, from moment: Int64, _ step: Int64, in zone: ZoneRules)
        -> Int64
    {
        let midnight = LocalTime(year: local.year, month: local.month, day: local.day + (step > 0 ? 1 : 0))
        let jump = zone.moments(of: midnight).first - (step > 0 ? 0 : 60)
        // Midnight may be shown twice, and then lies behind.
        return step > 0 ? max(jump, moment + step) : min(jump, moment + step)
    }
}

extension Int64 {
    fileprivate var startOfMinute: Int64 { self - (self % 60 + 60) % 60 }
}
