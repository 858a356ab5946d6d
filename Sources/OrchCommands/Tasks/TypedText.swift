import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Text that comes by standard input, where an argument is `-`.
enum TypedText {
    /// To its end, without the last line's.
    ///
    /// - Throws: for more than the limit, and for what is no text.
    static func read(limitBytes: Int) throws -> String {
        if Terminal.isTerminal(STDIN_FILENO) { Console.err("Reading the text; Ctrl-D ends it …") }
        let input = try FileDescriptor.duplicating(STDIN_FILENO)
        let bytes = try input.readToEnd(limit: limitBytes, subject: "standard input")
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw UsageError(problem: "standard input is not UTF-8 text", fix: "convert it, with iconv say")
        }
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }
}
