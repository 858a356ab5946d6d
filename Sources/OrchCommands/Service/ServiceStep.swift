import OrchCore
import Platform
import Subprocess

/// One thing that installing or removing a timer does; also what `--dry-run` shows.
enum ServiceStep: Equatable {
    case write(path: String, text: String)
    case remove(path: String)
    /// - Parameters:
    ///   - mayFail: it only prepares the ground: “stop it, if it runs”.
    ///   - patience: how long it is tried again while it fails.
    case run(Command, mayFail: Bool = false, patience: Duration = .zero)
}

/// Performs steps, and says each.
struct ServiceSteps {
    let isDryRun: Bool
    let say: (String) -> Void

    /// Far more than any unit.
    private static let fileLimitBytes = 1 << 20

    func perform(_ steps: [ServiceStep]) throws {
        for step in steps {
            if isDryRun { show(step) } else { try perform(step) }
        }
    }

    private func perform(_ step: ServiceStep) throws {
        switch step {
        case .write(let path, let text): try write(text, to: path)
        case .remove(let path):
            try Directory.remove(path)
            say("removed \(path)")
        case .run(let command, let mayFail, let patience):
            try run(command, mayFail: mayFail, patience: patience)
        }
    }

    private func write(_ text: String, to path: String) throws {
        let bytes = Array(text.utf8)
        if try WholeFile.readIfPresent(path, limitBytes: Self.fileLimitBytes) == bytes {
            return say("unchanged \(path)")
        }
        if let slash = path.lastIndex(of: "/") { try Directory.make(String(path[..<slash])) }
        try AtomicFile.write(bytes, to: path)
        say("wrote \(path)")
    }

    private func run(_ command: Command, mayFail: Bool, patience: Duration) throws {
        let deadline = MonotonicTime.now() + patience
        var output = try command.run()
        while !output.succeeded, MonotonicTime.now() < deadline {
            Pausing.pause(.milliseconds(200))
            output = try command.run()
        }
        guard !output.succeeded, !mayFail else { return say("ran \(command)") }
        let said = output.errorText.split(separator: "\n").joined(separator: "; ")
        throw ServiceError.commandFailed(
            command: "\(command)", detail: said.isEmpty ? "\(output.exit)" : said)
    }

    private func show(_ step: ServiceStep) {
        switch step {
        case .write(let path, let text):
            say("would write \(path):")
            for line in text.split(separator: "\n", omittingEmptySubsequences: false) { say("    \(line)") }
        case .remove(let path): say("would remove \(path)")
        case .run(let command, _, _): say("would run \(command)")
        }
    }
}
