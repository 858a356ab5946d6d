import Arguments
import JSON
import OrchAdapters
import OrchCore
import OrchEngine
import Platform

/// What commands that look at or change something share.
extension Context {
    /// Who acts, as the audit has it: somebody that another part of orch asks for (`ORCH_ACTOR`), else
    /// whoever types.
    var actor: String {
        named("ORCH_ACTOR") ?? "cli:\(environment["USER"] ?? Account.current()?.name ?? "unknown")"
    }

    /// What asks (`ORCH_REQUEST`), the same when it asks again since it could not know that it was heard:
    /// what makes something then makes it once. nil: every time is a new one.
    var request: String? { named("ORCH_REQUEST") }

    /// A name that stands in rows and logs as it is.
    private func named(_ variable: String) -> String? {
        guard let name = environment[variable], (1...100).contains(name.utf8.count),
            name.unicodeScalars.allSatisfy({
                $0.isASCII
                    && ($0.properties.isAlphabetic || $0.properties.numericType != nil
                        || ":._@-".unicodeScalars.contains($0))
            })
        else { return nil }
        return name
    }

    /// What stands behind the engine's ports for a person's command.
    func live() throws -> Live {
        var live = live(on: try store(), isDryRun: false)
        live.waitsForLimits = true
        return live
    }

    /// The same for a tick, and for what only looks.
    func live(on store: any Store, isDryRun: Bool) -> Live {
        var live = Live(home: home, environment: environment, store: store, isDryRun: isDryRun)
        live.sinks = loadedProjects().common.notify
        return live
    }

    func steering(of project: Project) throws -> Steering {
        let live = try live()
        return Steering(
            ports: try live.ports(), project: project, actor: actor, redaction: live.redaction(for: project))
    }

    /// Records what was done. Done it is: a store that cannot take it down is worth a warning, no more.
    func audit(_ act: String, task: TaskKey? = nil, _ detail: String) {
        let entry = AuditEntry(at: Live.now(), actor: actor, task: task, run: nil, act: act, detail: detail)
        do {
            try store().audit(entry)
        } catch {
            Console.err("This is done, but could not be recorded:")
            _ = ErrorPrinter(terminal: terminal).report(error)
        }
    }

    /// The projects that a list shows: with `--global` all, else the one that is meant, else all.
    ///
    /// Of all, those that are left out are named on standard error.
    func listedProjects(isGlobal: Bool) throws -> [Project] {
        if !isGlobal {
            if arguments.value("project") != nil { return [try project()] }
            let here = environment["PROJECT_DIR"] ?? WorkingDirectory.current()
            if let one = try ProjectChoice.around(here, among: loadedProjects()) { return [one] }
        }
        let all = try projects()
        for error in loadedProjects().errors { Console.err(error.description) }
        return all
    }

    func print(_ value: JSONValue) { Console.out(value.text(terminal.isStyled ? .pretty : .compact)) }
}
