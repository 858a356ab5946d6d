import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The writing end of a child's input: writes without waiting, closes after the last byte.
struct InputFeeder: ~Copyable {
    private var pipe: FileDescriptor?
    private var rest: ArraySlice<UInt8>

    /// Nothing to write.
    init() {
        pipe = nil
        rest = []
    }

    init(_ pipe: consuming FileDescriptor, _ bytes: [UInt8]) throws(SystemError) {
        try pipe.setNonBlocking()
        self.pipe = consume pipe
        rest = bytes[...]
    }

    /// Nil once everything is written, or the child has closed its input: not reading is no error.
    var descriptor: Int32? {
        switch pipe {
        case .some(let open): open.raw
        case .none: nil
        }
    }

    mutating func write() {
        guard let descriptor else { return }
        switch BrokenPipe.write(rest, to: descriptor) {
        case .success(let count): rest = rest.dropFirst(count)
        case .failure(let error) where error.code == EAGAIN: return
        case .failure: rest = []
        }
        if rest.isEmpty { pipe = nil }
    }

    mutating func close() {
        pipe = nil
    }
}
