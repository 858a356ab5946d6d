package import OrchCore

extension Labels {
    /// - Throws: `rejected` with the first label that orch may not write.
    package static func check(_ labels: [String]) throws(TrackerError) {
        guard let invalid = labels.first(where: { !isValid($0) }) else { return }
        throw .rejected(detail: "“\(invalid)” is no label that orch may write")
    }
}
