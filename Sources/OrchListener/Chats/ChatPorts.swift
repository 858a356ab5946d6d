package import OrchCore

/// What a desk cannot do itself: everything that waits. All of it answers on the loop's thread.
package struct ChatPorts {
    /// Performs the verb on a thread of its own.
    package var perform: (Verb, VerbPerformer.Origin, @escaping (VerbOutcome) -> Void) -> Void
    /// Says something, as soon as the service takes it.
    ///
    /// The completion is called once.
    package var say: (OutgoingMessage, @escaping (Said) -> Void) -> Void
    /// A thread of its own for what was said, where the service has such; nil where it has none.
    package var openThread: (String, MessageID, Place, @escaping (Place?) -> Void) -> Void
    package var now: () -> Timestamp

    package init(
        perform: @escaping (Verb, VerbPerformer.Origin, @escaping (VerbOutcome) -> Void) -> Void,
        say: @escaping (OutgoingMessage, @escaping (Said) -> Void) -> Void,
        openThread: @escaping (String, MessageID, Place, @escaping (Place?) -> Void) -> Void,
        now: @escaping () -> Timestamp
    ) {
        self.perform = perform
        self.say = say
        self.openThread = openThread
        self.now = now
    }
}
