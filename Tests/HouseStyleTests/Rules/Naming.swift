/// Names say what a thing is, and never what something else already is.
enum Naming {
    private static let declarators = ["struct", "enum", "class", "actor", "protocol", "typealias"]
    private static let language: Set = [
        "Task", "Process", "Result", "Error", "Clock", "Duration", "Notification",
    ]
    private static let empty = ["Utils", "Util", "Helpers", "Helper", "Manager", "Common"]
    /// Systemd calls its instances, the system's and each user's, managers.
    private static let termsOfArt = ["Sources/OrchCommands/Service/Systemd/SystemdTimers.swift": "Manager"]

    /// No type shadows one of the language or has its module's name, and none is called after nothing in
    /// particular.
    static func types(in tree: SourceTree) -> [Violation] {
        tree.swift.filter { $0.file.isIn("Sources") }.flatMap { file in
            declarators.flatMap(file.places(of:)).sorted().compactMap { index -> Violation? in
                guard index + 1 < file.code.count, file.code[index + 1].kind == .word else { return nil }
                let name = file.code[index + 1]
                guard termsOfArt[file.path] != name.text,
                    let problem = problem(with: name.text, module: module(of: file))
                else { return nil }
                return file.violation(
                    name.line, "`\(name.text)` \(problem)", fix: "name it for what it is")
            }
        }
    }

    private static func problem(with name: String, module: String) -> String? {
        if language.contains(name) { return "shadows a type of the language" }
        if name == module { return "is called like its module" }
        return empty.contains { name.hasSuffix($0) } ? "says nothing" : nil
    }

    private static func module(of file: SwiftFile) -> String {
        let parts = file.path.split(separator: "/")
        return String(parts.count > 2 && parts[1] == "Kit" ? parts[2] : parts.count > 1 ? parts[1] : "")
    }
}
