package import OrchAdapters
package import OrchCore

/// Somebody who looks on at a run: a page, a chat, another program.
package protocol StreamViewer: AnyObject {
    /// Whether it can take something now. One that cannot stays where it is and delays nobody; it is asked
    /// again at the next pulse, or when it says so itself (`StreamHub.resume`).
    var hasRoom: Bool { get }

    /// What came, in order, no event twice; never empty. Events without text (`event.text`) are among them.
    func show(_ entries: [RunLogReader.Entry])

    /// Nothing follows: this is always said, once everything that there was has been shown.
    func end(_ ending: StreamEnding)
}

/// Why a stream ends.
package enum StreamEnding {
    /// The run is over; its row says how.
    case over(Run)
    /// What is left of the run cannot be read.
    case lost(problem: String)
}

/// Where a viewer begins.
package enum StreamStart: Equatable, Sendable {
    case beginning
    /// With so many of the last lines, and then what comes.
    case last(Int)
    /// Behind an entry that was seen before, named by its `end`.
    case place(Int)
}

/// A viewer's place at a run.
package struct StreamTicket: Hashable, Sendable {
    package let run: Run.ID
    let seat: Int
}
