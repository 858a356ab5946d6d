import JSON
import OrchCore
import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// How a run host comes by the environment of the tick that started it.
enum HostEnvironment {
    private static let limitBytes = 1 << 20

    private static func path(in directory: String) -> String { "\(directory)/environment.json" }

    /// What may be seen by anybody who looks at a process table.
    static func harmless(_ environment: [String: String]) -> [String: String] {
        let names = VariableNames.harmless.union(["ORCH_HOME"])
        return environment.filter { names.contains($0.key) || VariableNames.isLocale($0.key) }
    }

    static func write(_ environment: [String: String], to directory: String) throws {
        try Directory.make(directory, mode: 0o700)
        let object = JSONObject(
            environment.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.string($0.value)) })
        try AtomicFile.write(
            JSONValue.object(object).utf8(), to: path(in: directory), mode: 0o600, durability: .none)
    }

    /// Reads it and takes it away: tokens do not stay on disk.
    ///
    /// - Returns: nil where there is none: the host was started by hand.
    static func take(from directory: String) throws -> [String: String]? {
        let path = path(in: directory)
        guard let bytes = try WholeFile.readIfPresent(path, limitBytes: limitBytes) else { return nil }
        unlink(path)
        guard let object = try JSONValue(parsing: bytes).object else { return nil }
        var environment: [String: String] = [:]
        for member in object { environment[member.name] = member.value.string }
        return environment
    }
}
