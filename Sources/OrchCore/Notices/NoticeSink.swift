/// Where notices go, `notify.NAME`: the desktop, a chat, a command of the user's.
package struct NoticeSink: Equatable, Sendable {
    /// What there is without a command.
    package enum BuiltIn: String, CaseIterable, Sendable {
        case desktop
        case telegram
        case discord
    }

    /// What is less is not told.
    package var level = Notice.Level.attention
    /// These alone, whatever their level; empty: all from `level` on.
    package var kinds: [Notice.Kind] = []
    /// A program and its arguments; it gets the facts in its environment and as JSON on its standard input.
    package var command: [String] = []
    /// The chat's id, where it is one.
    package var place = ""
    /// When only alarms are told; the rest waits for its end.
    package var quietHours: QuietHours?
    /// What is no alarm is gathered for so long; zero: told at once.
    package var digest: Duration = .zero

    package init() {}

    /// Who tells what goes here.
    package enum Teller: Equatable, Sendable {
        /// The user's own program.
        case program
        /// The desktop's own notices.
        case desktop
        /// `orch listen`, in a chat.
        case listener(BuiltIn)
    }

    /// nil where nobody can: another name than a built-in one, and no command.
    package func teller(named name: String) -> Teller? {
        if !command.isEmpty { return .program }
        switch BuiltIn(rawValue: name) {
        case .desktop?: return .desktop
        case .telegram?, .discord?: return place.isEmpty ? nil : BuiltIn(rawValue: name).map(Teller.listener)
        case nil: return nil
        }
    }

    package func takes(_ notice: Notice) -> Bool {
        kinds.isEmpty ? notice.level >= level : kinds.contains(notice.kind)
    }
}

/// `22:00-07:00`, by the clock on the wall.
package struct QuietHours: Equatable, Sendable {
    /// Minutes since midnight.
    package let start: Int
    package let end: Int

    /// - Returns: nil for anything else, and for hours that begin and end at the same minute.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(Self.minute)
        guard parts.count == 2, let start = parts[0], let end = parts[1], start != end else { return nil }
        self.start = start
        self.end = end
    }

    private static func minute(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 && $0.allSatisfy(\.isWholeNumber) }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
        else { return nil }
        return hour * 60 + minute
    }

    /// Those that end before they begin go over midnight.
    package func contains(_ minute: Int) -> Bool {
        start < end ? start <= minute && minute < end : minute >= start || minute < end
    }

    package var text: String { "\(Self.clock(start))-\(Self.clock(end))" }

    private static func clock(_ minute: Int) -> String {
        let parts = [minute / 60, minute % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return parts.joined(separator: ":")
    }
}
