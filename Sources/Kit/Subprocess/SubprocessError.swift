package import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Why a program could not be run at all. How a program that ran ended is told by `Exit`.
package enum SubprocessError: Error, Equatable, Sendable {
    /// - Parameter searched: the `PATH` that was searched; empty for a program named by its path.
    case programMissing(name: String, searched: String)
    case notExecutable(path: String)
    /// The file is there, and what is to run it is not: the program named in its first line, or its loader.
    case interpreterMissing(path: String)
    /// A text file without a `#!` line, or a program for another machine.
    case notAProgram(path: String)
    case workingDirectoryMissing(path: String)
    /// A file given as input or output cannot be opened.
    case fileUnusable(SystemError)
    /// An argument or variable that cannot be passed on: it holds a zero byte, or a name holds `=`.
    case unrepresentable(String)
    case cannotStart(program: String, SystemError)
    case cannotWait(SystemError)

    /// What went wrong, with the values.
    package var problem: String {
        switch self {
        case .programMissing(let name, searched: ""): "program “\(name)” does not exist"
        case .programMissing(let name, let searched): "program “\(name)” is not on PATH (\(searched))"
        case .notExecutable(let path): "“\(path)” is not an executable file"
        case .interpreterMissing(let path): "the interpreter of “\(path)” does not exist"
        case .notAProgram(let path): "“\(path)” is not a program this machine can run"
        case .workingDirectoryMissing(let path): "folder “\(path)” does not exist"
        case .fileUnusable(let error): error.problem
        case .unrepresentable(let text): "“\(text)” cannot be passed to a program"
        case .cannotStart(let program, let error): "cannot start “\(program)”: \(error.problem)"
        case .cannotWait(let error): "cannot wait for a program: \(error.problem)"
        }
    }

    /// What a person can do next.
    package var fix: String {
        switch self {
        case .programMissing(let name, searched: ""): "check the path of \(name)"
        case .programMissing(let name, _): "install \(name), or add its folder to PATH"
        case .notExecutable(let path): "make it executable: `chmod +x \(ShellQuoting.quoted(path))`"
        case .interpreterMissing: "check the program named in its first line"
        case .notAProgram: "add a first line such as `#!/bin/sh`, or install the build for this machine"
        case .workingDirectoryMissing: "create the folder, or correct the path"
        case .unrepresentable: "remove the zero byte, or the `=` from the variable's name"
        case .cannotStart(_, let error) where error.code == E2BIG: "pass the text by standard input or a file"
        case .cannotStart(_, let error) where error.code == EAGAIN: "raise the limit of processes (ulimit -u)"
        case .cannotStart(_, let error), .fileUnusable(let error), .cannotWait(let error): error.fix
        }
    }
}
