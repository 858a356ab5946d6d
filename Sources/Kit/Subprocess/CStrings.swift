#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Strings as C wants them: an array of pointers that ends with nil.
struct CStrings: ~Copyable {
    /// Valid as long as this value is.
    let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    private let count: Int

    /// - Throws: `unrepresentable` for a string with a zero byte, which C would cut there.
    init(_ strings: [String]) throws(SubprocessError) {
        if let bad = strings.first(where: { $0.utf8.contains(0) }) { throw .unrepresentable(bad) }
        count = strings.count
        pointers = .allocate(capacity: count + 1)
        for (index, string) in strings.enumerated() {
            (pointers + index).initialize(to: strdup(string))
        }
        (pointers + count).initialize(to: nil)
    }

    /// `NAME=value` for each variable, sorted, so that equal environments look equal to the program too.
    init(_ environment: Command.Environment) throws(SubprocessError) {
        if let bad = environment.values.keys.first(where: {
            $0.isEmpty || $0.utf8.contains(UInt8(ascii: "="))
        }) {
            throw .unrepresentable(bad)
        }
        try self.init(environment.values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })
    }

    deinit {
        for index in 0..<count { free(pointers[index]) }
        pointers.deallocate()
    }
}
