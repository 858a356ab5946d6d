import OrchCore

extension Ports {
    /// Writes down what people are to hear of, in the transaction that is open; see `NoticeLog`.
    func note(_ notice: Notice?, of project: Project) throws {
        guard let notice else { return }
        let clean = notice.redacted(redaction(project))
        try store.add(clean, to: sinks(clean))
    }

    func noticing(_ project: Project) -> Noticing { Noticing(project, now: now()) }
}

extension Notice {
    fileprivate func redacted(_ redaction: Redaction) -> Notice {
        var clean = Notice(kind, key: key, text: redaction.apply(to: text), at: at)
        clean.project = project
        clean.task = task
        clean.run = run
        clean.url = url
        return clean
    }
}
