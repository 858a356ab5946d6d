import OrchCore

extension Finding {
    /// What stopped a check, in the error's own words.
    static func problem(_ check: String, _ error: any Error, about subject: String = "") -> Finding {
        let prefix = subject.isEmpty ? "" : "\(subject): "
        guard let explained = error as? any Explained else {
            return .problem(check, "\(prefix)\(error)", fix: "")
        }
        return .problem(check, prefix + explained.problem, fix: explained.fix)
    }
}
