import OrchAdapters
import OrchCore
import Platform

/// What the API is made of, besides what the listener has anyway.
extension Listener {
    /// - Throws: `.tokenTooShort`.
    static func gate(_ settings: Settings.Listen) throws(ListenerError) -> APIGate {
        let bytes = settings.token.utf8.count
        guard bytes == 0 || bytes >= APIGate.shortestTokenBytes else { throw .tokenTooShort(bytes: bytes) }
        return APIGate(token: settings.token, hosts: settings.hosts)
    }

    /// `orch` lies beside its listener.
    static func performer(_ home: HomePaths, _ environment: [String: String]) throws -> VerbPerformer {
        guard let own = ExecutablePath.current(), let slash = own.lastIndex(of: "/") else {
            throw SystemError("readlink", on: "/proc/self/exe")
        }
        return VerbPerformer(program: "\(own[..<slash])/orch", environment: environment, directory: home.home)
    }

    /// What it knows that nobody else is to see, not even in an agent's output.
    static func secrets(_ settings: Settings.Listen) -> [String] {
        [settings.token, settings.webhookSecret].filter { !$0.isEmpty }
    }
}
