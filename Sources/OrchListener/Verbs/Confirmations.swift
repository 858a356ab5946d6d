package import OrchCore

/// Dangerous verbs that wait for a second word of the same person in the same place.
///
/// They are kept in memory alone: after a restart nothing dangerous happens that nobody remembers.
package struct Confirmations: Sendable {
    /// Long enough to read the question, too short to forget it.
    package static let patience: Duration = .seconds(120)
    /// More people do not decide at a time.
    private static let limit = 1000

    private struct Asked {
        let verb: Verb
        let until: Timestamp
    }

    private struct Seat: Hashable {
        let person: Person
        let place: Place
    }

    private var asked: [Seat: Asked] = [:]

    package init() {}

    /// Takes the place of what the person was asked before.
    package mutating func ask(_ verb: Verb, of person: Person, in place: Place, now: Timestamp) {
        if asked.count >= Self.limit { asked = asked.filter { $0.value.until > now } }
        if asked.count >= Self.limit { asked.removeAll() }
        asked[Seat(person: person, place: place)] = Asked(verb: verb, until: now + Self.patience)
    }

    /// What the person was asked there, once.
    ///
    /// - Returns: nil where nothing was asked, or the time to answer is over.
    package mutating func take(from person: Person, in place: Place, now: Timestamp) -> Verb? {
        let open = open(to: person, in: place, now: now)
        asked[Seat(person: person, place: place)] = nil
        return open
    }

    /// As `take`, and it stays open.
    package func open(to person: Person, in place: Place, now: Timestamp) -> Verb? {
        guard let asked = asked[Seat(person: person, place: place)] else { return nil }
        // A clock that was set back leaves nothing open for longer than it was meant to be.
        return now < asked.until && asked.until <= now + Self.patience ? asked.verb : nil
    }
}
