/// Which types stand behind ports.
enum Adapters {
    /// The types of OrchAdapters that conform to a protocol of OrchCore/Ports.
    static func names(in tree: SourceTree) -> Set<String> {
        let ports = Set(
            tree.swift.filter { $0.file.isIn("Sources/OrchCore/Ports") }.flatMap { file in
                declarations(in: file, of: ["protocol"]).map(\.name)
            })
        // A word for people is no port.
        let real = ports.subtracting(["Explained"])
        return Set(
            tree.swift.filter { $0.file.isIn("Sources/OrchAdapters") }.flatMap { file in
                declarations(in: file, of: ["struct", "class", "enum", "extension"])
                    .filter { !$0.conformances.isDisjoint(with: real) }.map(\.name)
            })
    }

    private static func declarations(
        in file: SwiftFile, of kinds: [String]
    ) -> [(name: String, conformances: Set<String>)] {
        let code = file.code
        return kinds.flatMap(file.places(of:)).compactMap { index in
            guard index + 2 < code.count, code[index + 1].kind == .word else { return nil }
            let head = code[(index + 2)...].prefix { !$0.isMark("{") && !$0.isWord("where") }
            let conformances =
                head.first?.isMark(":") == true ? head.filter { $0.kind == .word }.map(\.text) : []
            return (code[index + 1].text, Set(conformances))
        }
    }
}
