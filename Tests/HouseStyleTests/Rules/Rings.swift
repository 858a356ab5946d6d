/// Dependencies point downwards only. SwiftPM checks less: a target may import whatever was built before it.
enum Rings {
    private struct Ring {
        let folder: String
        /// What it may import besides the kit and the C library.
        let rings: Set<String>
        var usesKit = true
        var usesSystem = true
        let role: String
    }

    private static let system: Set = ["Glibc", "Darwin", "Synchronization"]
    /// Values only: what the pure rings may take from the kit.
    private static let pureKit: Set = ["JSON", "SHA2", "Template"]

    private static let all = [
        Ring(folder: "Sources/Kit", rings: [], role: "a kit module could be published alone"),
        Ring(
            folder: "Sources/OrchCore", rings: pureKit, usesKit: false, usesSystem: false,
            role: "the core decides, and touches nothing: give it what it needs as a value or a port"),
        Ring(
            folder: "Sources/OrchEngine", rings: ["OrchCore", "JSON"], usesKit: false, usesSystem: false,
            role: "the engine acts through ports: declare one in OrchCore/Ports"),
        Ring(
            folder: "Sources/OrchAdapters", rings: ["OrchCore"],
            role: "an adapter implements ports of OrchCore with the kit"),
        Ring(
            folder: "Sources/OrchListener", rings: ["OrchCore", "OrchAdapters"],
            role: "the listener receives and shows; what is to be done, it has `orch` do"),
        Ring(
            folder: "Sources/OrchTesting",
            rings: ["OrchCore", "OrchEngine", "OrchAdapters", "OrchListener", "Testing"],
            role: "test support stands on the rings below the commands"),
        Ring(
            folder: "Sources/OrchCommands",
            rings: ["OrchCore", "OrchEngine", "OrchAdapters", "OrchListener"],
            role: "commands are the top ring"),
        Ring(
            folder: "Sources/orch-listener", rings: ["OrchListener"], usesKit: false,
            role: "main hands over to OrchListener"),
        Ring(
            folder: "Sources/orch", rings: ["OrchCommands"], usesKit: false,
            role: "main hands over to OrchCommands"),
    ]

    /// Every import of a source file is one that its ring may have.
    static func imports(in tree: SourceTree) -> [Violation] {
        let kit = tree.kitModules
        return tree.swift.flatMap { file -> [Violation] in
            guard let ring = all.first(where: { file.file.isIn($0.folder) }) else {
                guard file.file.isIn("Sources") else { return [] }
                return [file.violation(1, "its folder is in no ring", fix: "add it to Rings.swift")]
            }
            var allowed = ring.rings
            if ring.usesKit { allowed.formUnion(kit) }
            if ring.usesSystem { allowed.formUnion(system) }
            // Foundation has a rule of its own, for every ring that may use it at all.
            if ring.usesKit, ring.folder != "Sources/Kit" { allowed.formUnion(FoundationImports.modules) }
            return file.imports.filter { !allowed.contains($0.module) }.map {
                file.violation($0.line, "\(ring.folder) may not import \($0.module)", fix: ring.role)
            }
        }
    }

    /// Who may name adapters among the commands besides `Live`, which puts them behind the ports: paths and,
    /// with a slash at the end, folders.
    private static let adapterUsers: [String: String] = [
        "Context.swift": "opens the store, for every command",
        "RunHostCommand.swift": "opens the store of one run, without a table of commands",
        "Notices/NoticeSending.swift": "opens the store of what is to be told, without a table of commands",
        "V0/": "does what v0's functions do, on the files and labels that they work on",
        "Doctor/": "looks at what stands behind the ports, one by one",
    ]

    /// Among the commands, `Live` is the place that names adapters; the exceptions are listed with their
    /// reason.
    static func adaptersAreNamedInOnePlace(in tree: SourceTree) -> [Violation] {
        let adapters = Adapters.names(in: tree)
        return commands(in: tree).filter { path, _ in
            !path.hasPrefix("Live/") && !adapterUsers.keys.contains { isIn($0, path) }
        }.flatMap { _, file in
            file.code.filter { $0.kind == .word && adapters.contains($0.text) }.map {
                file.violation(
                    $0.line, "a command names the adapter \($0.text)",
                    fix: "ask Context or Live for the port, or join the list in Rings.swift with a reason")
            }
        }
    }

    /// An exception that nobody needs any more is no exception.
    static func exceptionsAreUsed(in tree: SourceTree) -> [Violation] {
        let adapters = Adapters.names(in: tree)
        return adapterUsers.keys.sorted().filter { user in
            !commands(in: tree).contains { path, file in
                isIn(user, path) && file.code.contains { $0.kind == .word && adapters.contains($0.text) }
            }
        }.map {
            Violation(
                path: "Tests/HouseStyleTests/Rules/Rings.swift", line: 1, problem: "\($0) names no adapter",
                fix: "take it off the list")
        }
    }

    private static func isIn(_ user: String, _ path: String) -> Bool {
        path == user || user.hasSuffix("/") && path.hasPrefix(user)
    }

    /// The commands' files by their path within the ring.
    private static func commands(in tree: SourceTree) -> [(path: String, file: SwiftFile)] {
        let folder = "Sources/OrchCommands"
        return tree.swift.filter { $0.file.isIn(folder) }.map {
            (String($0.path.dropFirst(folder.count + 1)), $0)
        }
    }

    /// The kit knows nothing of what it is used for, not even in a comment.
    static func kitIsNobodys(in tree: SourceTree) -> [Violation] {
        tree.files.filter { $0.isIn("Sources/Kit") }.flatMap { file in
            Set(["orch", "Orch", "ORCH"].flatMap(file.lines(holding:))).sorted()
                .filter { saysOrch(file.line($0)) }.map {
                    file.violation($0, "the kit says “orch”", fix: "leave its user out, or move it up a ring")
                }
        }
    }

    /// At the beginning of a word, whatever its case: “orchestrator” and `ORCH_HOME` too, “torch” not.
    private static func saysOrch(_ line: String) -> Bool {
        line.lowercased().split { !$0.isLetter }.contains { $0.hasPrefix("orch") }
    }
}
