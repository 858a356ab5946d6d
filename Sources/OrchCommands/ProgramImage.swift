import OrchCore
import Platform
import Subprocess

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Turns this process into another program: for what a person stays in, such as a terminal session.
enum ProgramImage {
    /// - Parameter words: the program, a path or a name on PATH, and its arguments.
    /// - Throws: where the program cannot be found or started; otherwise it does not return.
    static func become(_ words: [String], environment: [String: String]) throws -> Never {
        let name = words.first ?? ""
        let path = environment["PATH"] ?? ""
        guard let program = name.contains("/") ? name : ProgramSearch.find(name, path: path) else {
            throw SessionError.programMissing(name)
        }
        var arguments = words.map { strdup($0) } + [nil]
        var variables = environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
        execve(program, &arguments, &variables)
        throw SystemError("execve", on: program)
    }
}
