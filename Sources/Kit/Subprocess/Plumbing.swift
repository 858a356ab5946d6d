import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Our ends of the pipes of one run, and the child's until it is started.
struct Plumbing: ~Copyable {
    let input: InputFeeder
    let output: OutputCollector
    let error: OutputCollector
    let standard: Spawn.Standard

    static func laid(for command: Command) throws(SubprocessError) -> Plumbing {
        let source = try InputSource.opened(for: command)
        do throws(SystemError) {
            let outputPipe = try Pipe()
            let errorPipe = try Pipe()
            let output = try OutputCollector(outputPipe.reader, limit: command.limits.outputBytes)
            let error = try OutputCollector(errorPipe.reader, limit: command.limits.outputBytes)
            let standard = Spawn.Standard(
                input: source.childEnd, output: outputPipe.writer, error: errorPipe.writer)
            return Plumbing(input: source.feeder, output: output, error: error, standard: standard)
        } catch {
            throw .cannotStart(program: command.program, error)
        }
    }
}

/// What a child reads, and what writes it.
private struct InputSource: ~Copyable {
    let childEnd: FileDescriptor
    let feeder: InputFeeder

    static func opened(for command: Command) throws(SubprocessError) -> InputSource {
        do throws(SystemError) {
            switch command.input {
            case .none, .bytes([]): return try file("/dev/null")
            case .file(let path): return try file(path)
            case .bytes(let bytes):
                let pipe = try Pipe()
                let feeder = try InputFeeder(pipe.writer, bytes)
                return InputSource(childEnd: pipe.reader, feeder: feeder)
            }
        } catch  where error.call == "open" {
            throw .fileUnusable(error)
        } catch {
            throw .cannotStart(program: command.program, error)
        }
    }

    private static func file(_ path: String) throws(SystemError) -> InputSource {
        let file = try FileDescriptor(opening: path, O_RDONLY).aboveStandard()
        return InputSource(childEnd: file, feeder: InputFeeder())
    }
}
