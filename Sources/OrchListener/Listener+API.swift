import OrchAdapters
import OrchCore
import Platform

/// What the API is made of, besides what the listener has anyway.
extension Listener {
    /// `orch` lies beside its listener.
    static func performer(_ home: HomePaths, _ environment: [String: String]) throws -> VerbPerformer {
        guard let own = ExecutablePath.current(), let slash = own.lastIndex(of: "/") else {
            throw SystemError("readlink", on: "/proc/self/exe")
        }
        return VerbPerformer(program: "\(own[..<slash])/orch", environment: environment, directory: home.home)
    }
}
