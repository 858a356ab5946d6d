import Platform

#if canImport(Glibc)
    import CSystem
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Starting a program with posix_spawn(3), which does not copy this process and so costs the same however big
/// it is.
enum Spawn {
    /// What becomes the child's descriptors 0, 1 and 2; closed here once it has them.
    ///
    /// Each must be above 2, since they are put in place one by one.
    struct Standard: ~Copyable {
        let input: FileDescriptor
        let output: FileDescriptor
        let error: FileDescriptor
    }

    /// Starts the program and returns its id.
    ///
    /// The child has the three descriptors and no other, an empty signal mask and default signal actions.
    static func start(
        _ command: Command, _ standard: consuming Standard, group: Child.Group
    ) throws(SubprocessError) -> Int32 {
        let path = try locate(command)
        let strings = Strings(
            arguments: try CStrings([command.program] + command.arguments),
            environment: try CStrings(command.environment))
        do throws(SystemError) {
            return try spawn(path, strings, command.workingDirectory, standard, group)
        } catch {
            throw explained(error, command, path)
        }
    }

    private struct Strings: ~Copyable {
        let arguments: CStrings
        let environment: CStrings
    }

    private static func spawn(
        _ path: String, _ strings: borrowing Strings, _ directory: String?, _ standard: borrowing Standard,
        _ group: Child.Group
    ) throws(SystemError) -> Int32 {
        var actions = emptyActions
        try check(posix_spawn_file_actions_init(&actions))
        defer { posix_spawn_file_actions_destroy(&actions) }
        try fill(&actions, standard, directory)
        var attributes = emptyAttributes
        try check(posix_spawnattr_init(&attributes))
        defer { posix_spawnattr_destroy(&attributes) }
        try fill(&attributes, group)
        var pid: pid_t = 0
        try check(
            posix_spawn(
                &pid, path, &actions, &attributes, strings.arguments.pointers, strings.environment.pointers))
        return pid
    }

    private static func fill(
        _ actions: inout Actions, _ standard: borrowing Standard, _ directory: String?
    ) throws(SystemError) {
        try check(posix_spawn_file_actions_adddup2(&actions, standard.input.raw, STDIN_FILENO))
        try check(posix_spawn_file_actions_adddup2(&actions, standard.output.raw, STDOUT_FILENO))
        try check(posix_spawn_file_actions_adddup2(&actions, standard.error.raw, STDERR_FILENO))
        #if !canImport(Darwin)
            // Close-on-exec covers what we open; this covers what libraries, or who started us, left open.
            try check(posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1))
        #endif
        if let directory { try check(posix_spawn_file_actions_addchdir_np(&actions, directory)) }
    }

    private static func fill(_ attributes: inout Attributes, _ group: Child.Group) throws(SystemError) {
        var flags = Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF)
        var signals = sigset_t()
        sigemptyset(&signals)
        try check(posix_spawnattr_setsigmask(&attributes, &signals))
        sigfillset(&signals)
        // The actions of these two cannot be changed, and some systems refuse to be asked.
        sigdelset(&signals, SIGKILL)
        sigdelset(&signals, SIGSTOP)
        try check(posix_spawnattr_setsigdefault(&attributes, &signals))
        switch group {
        case .newSession: flags |= newSessionFlag
        case .new: flags |= Int16(POSIX_SPAWN_SETPGROUP)  // to group 0: one named for the child
        case .ours: break
        }
        #if canImport(Darwin)
            flags |= Int16(POSIX_SPAWN_CLOEXEC_DEFAULT)
        #endif
        try check(posix_spawnattr_setflags(&attributes, flags))
    }

    private static func check(_ code: Int32) throws(SystemError) {
        guard code == 0 else { throw SystemError("posix_spawn", code: code) }
    }

    #if canImport(Darwin)
        private typealias Actions = posix_spawn_file_actions_t?
        private typealias Attributes = posix_spawnattr_t?
        private static var emptyActions: Actions { nil }
        private static var emptyAttributes: Attributes { nil }
        private static var newSessionFlag: Int16 { Int16(POSIX_SPAWN_SETSID) }
    #else
        private typealias Actions = posix_spawn_file_actions_t
        private typealias Attributes = posix_spawnattr_t
        private static var emptyActions: Actions { Actions() }
        private static var emptyAttributes: Attributes { Attributes() }
        private static var newSessionFlag: Int16 { csystem_spawn_setsid }
    #endif
}

extension Spawn {
    /// The file to execute: the program itself if it is a path, else what `PATH` has.
    private static func locate(_ command: Command) throws(SubprocessError) -> String {
        let name = command.program
        if name.utf8.contains(UInt8(ascii: "/")) { return name }
        let path = command.environment["PATH"] ?? ""
        guard let found = ProgramSearch.find(name, path: path) else {
            throw .programMissing(name: name, searched: path.isEmpty ? "not set" : path)
        }
        return found
    }

    /// posix_spawn(3) returns one number whatever failed, the folder or the program; looking again tells them
    /// apart.
    private static func explained(_ error: SystemError, _ command: Command, _ path: String) -> SubprocessError
    {
        if let directory = command.workingDirectory, FileStatus.ifPresent(directory)?.kind != .directory {
            return .workingDirectoryMissing(path: directory)
        }
        let isRelative = !path.hasPrefix("/")
        let file = isRelative ? "\(command.workingDirectory ?? ".")/\(path)" : path
        switch error.code {
        case ENOENT, ENOTDIR:
            let isThere = FileStatus.ifPresent(file) != nil
            return isThere ? .interpreterMissing(path: path) : .programMissing(name: path, searched: "")
        case EACCES where !ProgramSearch.isExecutable(file): return .notExecutable(path: path)
        case ENOEXEC: return .notAProgram(path: path)
        default: return .cannotStart(program: path, error)
        }
    }
}
