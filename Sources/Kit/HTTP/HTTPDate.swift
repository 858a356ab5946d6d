import Platform

/// IMF-fixdate, as `Date` has to be: RFC 9110 §5.6.7.
enum HTTPDate {
    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    static func text(_ unixSeconds: Int64) -> String {
        let time = LocalTime(secondsSinceEpoch: unixSeconds)
        let clock = [time.hour, time.minute, time.second].map(padded).joined(separator: ":")
        return
            "\(days[time.weekday]), \(padded(time.day)) \(months[time.month - 1]) \(time.year) \(clock) GMT"
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
