/// What fits a screen is read; what does not is skimmed.
enum Sizes {
    static let fileLineLimit = 400
    static let functionLineLimit = 60
    static let lineLimit = 110
    /// A sentence in quotes is not torn to fit, within reason.
    static let quotingLineLimit = 130
    static let parameterLimit = 5

    static func files(in file: SwiftFile) -> [Violation] {
        let count = file.file.lines.count
        if count <= fileLineLimit { return [] }
        return [
            file.violation(
                fileLineLimit + 1, "a file of \(count) lines, over \(fileLineLimit)",
                fix: "give each aspect a file, Type+Aspect.swift")
        ]
    }

    /// A literal counts as one line, however long its text is: no function becomes clearer by cutting that.
    static func functions(in file: SwiftFile) -> [Violation] {
        file.functions.filter { $0.lineCount > functionLineLimit }.compactMap { function in
            let literals = file.code.filter { $0.kind == .string && function.lines.contains($0.line) }
            let count = function.lineCount - literals.map { $0.lines.count - 1 }.reduce(0, +)
            if count <= functionLineLimit { return nil }
            return file.violation(
                function.firstLine, "`\(function.name)` has \(count) lines, over \(functionLineLimit)",
                fix: "name its steps and move each into a function")
        }
    }

    /// Counted in characters, as a reader's window does.
    static func lines(in file: SwiftFile) -> [Violation] {
        let long = file.file.lines.indices.filter { file.file.lines[$0].count > lineLimit }.map { $0 + 1 }
        if long.isEmpty { return [] }
        let quoting = Set(file.tokens.filter { $0.kind == .string }.flatMap(\.lines))
        return long.compactMap { number in
            let length = file.file.line(number).count
            let limit = quoting.contains(number) ? quotingLineLimit : lineLimit
            if length <= limit { return nil }
            return file.violation(
                number, "a line of \(length) characters, over \(limit)",
                fix: "break it, `just format` where it can")
        }
    }

    static func parameters(in file: SwiftFile) -> [Violation] {
        file.functions.filter { $0.parameterCount > parameterLimit && !isMemberwise($0, in: file) }.map {
            file.violation(
                $0.firstLine, "`\($0.name)` takes \($0.parameterCount) parameters, over \(parameterLimit)",
                fix: "group what belongs together into a type")
        }
    }

    /// An initialiser that takes what its value holds has as many parameters as that has properties.
    private static func isMemberwise(_ function: SwiftFunction, in file: SwiftFile) -> Bool {
        guard function.name == "init" else { return false }
        let assignments = file.code.filter {
            function.lines.contains($0.line) && $0.isMark("=")
        }
        return assignments.count >= function.parameterCount
    }
}
