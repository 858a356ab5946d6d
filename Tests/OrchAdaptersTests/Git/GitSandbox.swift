import KitTesting
import OrchCore
import Platform
import Subprocess
import Testing

@testable import OrchAdapters

/// A folder of one test's own with everything git would otherwise take from the machine: home,
/// configuration, remote.
final class GitSandbox {
    let root: String
    var environment: [String: String]
    /// What git was asked for through `repository`, in order.
    private(set) var commands: [Command] = []

    init() throws {
        let path = Command.Environment.current()["PATH"] ?? ""
        let made = "\(Scratch.parent)/orch-git-\(UInt64.random(in: .min ... .max))"
        try Directory.make(made)
        root = GitDirectory.canonical(made)
        environment = [
            "PATH": path, "HOME": "\(root)/home", "GIT_CONFIG_NOSYSTEM": "1", "LANG": "C.UTF-8",
            "GIT_SSH_COMMAND": "false",
        ]
        try Directory.make("\(root)/home")
        try write(
            "[user]\n\tname = Ada\n\temail = ada@example.org\n[init]\n\tdefaultBranch = main\n"
                + "[protocol \"file\"]\n\tallow = always\n[core]\n\tfsync = none\n", to: "home/.gitconfig")
    }

    deinit { try? Directory.remove(root) }

    func path(_ name: String) -> String { "\(root)/\(name)" }

    struct Failure: Error {
        let command: String
        let said: String
    }

    /// Runs git by hand, in a folder of the sandbox.
    @discardableResult
    func git(_ arguments: String..., in folder: String) throws -> String {
        let command = Command("git", arguments: arguments).with {
            $0.workingDirectory = path(folder)
            $0.environment = .init(environment)
        }
        let output = try command.run()
        guard output.succeeded else { throw Failure(command: command.description, said: output.errorText) }
        return String(output.text.prefix { $0 != "\n" })
    }

    func write(_ text: String, to name: String, mode: UInt16 = 0o644) throws {
        let target = path(name)
        if let slash = target.lastIndex(of: "/") { try Directory.make(String(target[..<slash])) }
        if mode & 0o111 == 0 {
            try AtomicFile.write(Array(text.utf8), to: target, mode: mode, durability: .none)
        } else {
            try Executable.write(text, to: target, mode: mode)
        }
    }

    func read(_ name: String) throws -> String {
        String(decoding: try WholeFile.read(path(name), limitBytes: 1 << 20), as: UTF8.self)
    }

    func exists(_ name: String) -> Bool { FileStatus.ifPresent(path(name), followingLinks: false) != nil }

    /// A bare repository with one commit on `main`, to be `origin`.
    func makeOrigin(branch: String = "main") throws {
        try makeRepository("seed", branch: branch)
        try git("clone", "--quiet", "--bare", "seed", "origin.git", in: ".")
    }

    func makeRepository(_ name: String, branch: String = "main") throws {
        try git("init", "--quiet", "--initial-branch", branch, name, in: ".")
        try commit("README", "hello\n", in: name)
    }

    func cloneOrigin(as name: String, bare: Bool = false) throws {
        if bare {
            try git("clone", "--quiet", "--bare", "origin.git", name, in: ".")
        } else {
            try git("clone", "--quiet", "origin.git", name, in: ".")
        }
    }

    @discardableResult
    func commit(_ file: String, _ text: String, in folder: String) throws -> String {
        try write(text, to: "\(folder)/\(file)")
        try git("add", "--all", in: folder)
        try git("commit", "--quiet", "-m", "change \(file)", in: folder)
        return try git("rev-parse", "HEAD", in: folder)
    }

    /// A commit that somebody else pushes to origin's `branch`.
    @discardableResult
    func pushFromElsewhere(_ file: String, to branch: String) throws -> String {
        let name = "elsewhere-\(UInt64.random(in: .min ... .max))"
        try git("clone", "--quiet", "origin.git", name, in: ".")
        if (try? git("checkout", "--quiet", branch, in: name)) == nil {
            try git("checkout", "--quiet", "-b", branch, in: name)
        }
        let made = try commit(file, "from elsewhere\n", in: name)
        try git("push", "--quiet", "origin", branch, in: name)
        return made
    }

    func repository(_ name: String) -> GitRepository {
        GitRepository(directory: path(name), environment: environment) {
            [self] command throws(SubprocessError) in
            commands.append(command)
            return try command.run()
        }
    }

    /// What `act` comes to, and how often it started git.
    func counting<Value>(_ act: () throws -> Value) throws -> (value: Value, starts: Int) {
        let before = commands.count
        let value = try act()
        return (value, commands.count - before)
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips where the program is absent, but never in CI, where its absence is a failure.
    static func requires(_ program: String) -> Self {
        let variables = Command.Environment.current()
        let isThere = ProgramSearch.find(program, path: variables["PATH"] ?? "") != nil
        return .enabled(if: isThere || variables["CI"] == "true", "\(program) is not installed")
    }
}
