import OrchCore

extension Ports {
    /// Writes down what people are to hear of, in the transaction that is open; see `NoticeLog`.
    func note(_ notice: Notice?) throws {
        guard let notice else { return }
        try store.add(notice, to: sinks(notice))
    }

    func noticing(_ project: Project) -> Noticing {
        Noticing(project, now: now(), redaction: redaction(project))
    }
}
