import KitTesting
import Platform
import Subprocess
import Testing

@testable import OrchCommands

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A folder of one test's own; it goes with the value.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = "\(Scratch.parent)/orch-commands-\(getpid())-\(UInt64.random(in: .min ... .max))"
        try Directory.make(path, mode: 0o700)
    }

    /// What stays behind in a temporary folder harms nobody.
    deinit { try? Directory.remove(path) }
}

enum ServiceSamples {
    /// The templates of this checkout.
    static let find: ServiceTemplate.Finder = { name, folder in
        let tests = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        return "/\(tests)/\(folder)/\(name)"
    }

    /// Everything that has a meaning to systemd or to XML.
    static let difficult = ServiceDefinition(
        program: "/opt/Ada & Co/100% \"orch\"",
        jobs: [
            ServiceJob(command: "tick", interval: .seconds(10)),
            ServiceJob(command: "sync", interval: .seconds(120)),
        ],
        user: nil,
        environment: [
            "PATH": "/usr/bin:/opt/a b/bin", "ORCH_HOME": #"/home/<ada>/50%$HOME\x'"#, "LANG": "C.UTF-8",
        ],
        home: "/home/<ada>/50%$HOME\\x'")

    static func files(_ steps: [ServiceStep]) -> [String: String] {
        var files: [String: String] = [:]
        for case .write(let path, let text) in steps { files[path] = text }
        return files
    }

    static func commands(_ steps: [ServiceStep]) -> [String] {
        steps.compactMap { if case .run(let command, _, _) = $0 { "\(command)" } else { nil } }
    }
}

extension Trait where Self == ConditionTrait {
    /// Skipped, with the reason, where the program is not installed; on a machine of the CI it has to be.
    static func requires(_ program: String) -> Self {
        let variables = Command.Environment.current().values
        let isThere = ProgramSearch.find(program, path: variables["PATH"] ?? "") != nil
        return .enabled(if: isThere || variables["CI"] == "true", "\(program) is not installed")
    }
}
