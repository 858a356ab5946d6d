import Platform

/// The rules of the zones that jobs name, each read once.
final class JobZones {
    private let local: Result<ZoneRules, ZoneError>
    private var known: [String: ZoneRules] = [:]

    init(environment: [String: String]) {
        do throws(ZoneError) {
            local = .success(try ZoneRules.local(variable: environment["TZ"]))
        } catch {
            local = .failure(error)
        }
    }

    /// - Parameter name: nil: this machine's.
    func zone(_ name: String?) throws(ZoneError) -> ZoneRules {
        guard let name else { return try local.get() }
        if let rules = known[name] { return rules }
        let rules = try ZoneRules.named(name)
        known[name] = rules
        return rules
    }
}
