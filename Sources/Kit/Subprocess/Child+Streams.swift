import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension Child {
    /// Where one of the child's standard streams goes to or comes from.
    package enum Stream: Equatable, Sendable {
        /// `/dev/null`.
        case null
        /// To or from us.
        case pipe
        /// A descriptor of ours, which stays open here; 0, 1 and 2 pass on our own streams.
        case descriptor(Int32)
        /// Input: read from the start. Output: appended, made if missing with permissions 0600.
        case file(String)
        /// For the error stream: the same as the output.
        case asOutput
    }

    package struct Streams: Equatable, Sendable {
        package var input: Stream
        package var output: Stream
        package var error: Stream

        package init(input: Stream = .null, output: Stream = .null, error: Stream = .asOutput) {
            precondition(
                input != .asOutput && output != .asOutput, "only the error stream can go where output goes")
            (self.input, self.output, self.error) = (input, output, error)
        }
    }

    /// What one read found.
    package enum Chunk: Equatable, Sendable {
        case bytes([UInt8])
        /// The child is silent, and may still say something.
        case nothingYet
        /// Nothing will come any more; the descriptor is closed. Also said of a stream that is no pipe.
        case end
    }

    /// For an `EventPoll`: our ends of the pipes; nil where there is none or its end was read.
    package var inputDescriptor: Int32? { input.number }
    package var outputDescriptor: Int32? { output.number }
    package var errorDescriptor: Int32? { error.number }

    /// Reads what is there, at most 64 kB, without waiting.
    package mutating func readOutput() -> Chunk { Child.read(&output) }
    package mutating func readError() -> Chunk { Child.read(&error) }

    /// Writes what the pipe takes without waiting.
    ///
    /// - Returns: the number of bytes written, 0 when the pipe is full; nil when nobody reads any more, or
    ///   the input is no pipe or closed.
    package mutating func write(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let descriptor = inputDescriptor else { return nil }
        switch BrokenPipe.write(bytes, to: descriptor) {
        case .success(let count): return count
        case .failure(let error) where error.code == EAGAIN: return 0
        case .failure:
            input = nil
            return nil
        }
    }

    /// Lets the child read the end of its input.
    package mutating func closeInput() {
        input = nil
    }

    private static func read(_ pipe: inout FileDescriptor?) -> Chunk {
        guard let descriptor = pipe.number else { return .end }
        var code: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: OutputCollector.chunkBytes) { buffer, count in
            var result: Int
            repeat {
                result = systemRead(descriptor, buffer.baseAddress, buffer.count)
                code = result < 0 ? errno : 0
            } while code == EINTR
            count = max(0, result)
        }
        if !bytes.isEmpty { return .bytes(bytes) }
        if code == EAGAIN { return .nothingYet }
        pipe = nil
        return .end
    }
}

extension Child {
    /// The streams opened: the child's ends, and ours where it is a pipe.
    struct Ends: ~Copyable {
        let standard: Spawn.Standard
        let input: FileDescriptor?
        let output: FileDescriptor?
        let error: FileDescriptor?

        init(_ streams: Streams, of command: Command) throws(SubprocessError) {
            do throws(SystemError) {
                let input = try End(reading: streams.input)
                let output = try End(writing: streams.output)
                let error =
                    streams.error == .asOutput
                    ? End(childs: try .duplicating(output.childs.raw), ours: nil)
                    : try End(writing: streams.error)
                self.input = input.ours
                self.output = output.ours
                self.error = error.ours
                standard = Spawn.Standard(input: input.childs, output: output.childs, error: error.childs)
            } catch  where error.call == "open" {
                throw .fileUnusable(error)
            } catch {
                throw .cannotStart(program: command.program, error)
            }
        }
    }

    private struct End: ~Copyable {
        let childs: FileDescriptor
        let ours: FileDescriptor?

        init(childs: consuming FileDescriptor, ours: consuming FileDescriptor?) {
            self.childs = childs
            self.ours = ours
        }

        init(reading stream: Stream) throws(SystemError) {
            guard stream == .pipe else {
                self.init(childs: try End.open(stream, O_RDONLY), ours: nil)
                return
            }
            let pipe = try Pipe()
            try pipe.writer.setNonBlocking()
            self.init(childs: pipe.reader, ours: pipe.writer)
        }

        init(writing stream: Stream) throws(SystemError) {
            guard stream == .pipe else {
                self.init(childs: try End.open(stream, O_WRONLY | O_APPEND | O_CREAT), ours: nil)
                return
            }
            let pipe = try Pipe()
            try pipe.reader.setNonBlocking()
            self.init(childs: pipe.writer, ours: pipe.reader)
        }

        private static func open(_ stream: Stream, _ flags: Int32) throws(SystemError) -> FileDescriptor {
            switch stream {
            case .descriptor(let number): try .duplicating(number)
            case .file(let path): try FileDescriptor(opening: path, flags, mode: 0o600).aboveStandard()
            case .null, .pipe, .asOutput: try FileDescriptor(opening: "/dev/null", O_RDWR).aboveStandard()
            }
        }
    }
}

extension FileDescriptor? {
    /// The number, without taking the descriptor.
    var number: Int32? {
        switch self {
        case .some(let open): open.raw
        case .none: nil
        }
    }
}
