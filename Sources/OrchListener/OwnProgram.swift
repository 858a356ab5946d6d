import Platform

/// The programs that belong together: they lie beside each other, and are of one version.
enum OwnProgram {
    /// The path of `orch`; by its name where this program cannot find itself.
    static var orch: String {
        guard let own = ExecutablePath.current(), let slash = own.lastIndex(of: "/") else { return "orch" }
        return "\(own[..<slash])/orch"
    }
}
