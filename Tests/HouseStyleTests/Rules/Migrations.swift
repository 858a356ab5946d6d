/// A migration that nobody runs is a schema that nobody has.
enum Migrations {
    private static let folder = "Sources/OrchAdapters/Store/Migrations"

    /// Every file `vNNN_Name.swift` is in the list of `StoreMigrations`, and every number of the list has its
    /// file.
    static func areRegistered(in tree: SourceTree) -> [Violation] {
        let path = "\(folder)/StoreMigrations.swift"
        guard let list = tree.swift.first(where: { $0.path == path }) else {
            return [
                Violation(path: path, line: 1, problem: "there is no list of migrations", fix: "put it there")
            ]
        }
        let registered = numbers(in: list)
        let files = tree.files.filter { $0.isIn(folder) && number(of: $0) != nil }
        let written = files.compactMap(number)
        let missing = files.filter { !registered.contains(number(of: $0) ?? 0) }.map {
            $0.violation(1, "this migration is not registered", fix: "add it to StoreMigrations.all")
        }
        return missing
            + registered.filter { !written.contains($0) }.map {
                list.violation(
                    1, "migration \($0) has no file of its own", fix: "write it to v00\($0)_Name.swift")
            }
            + (registered == Array(1..<registered.count + 1)
                ? []
                : [list.violation(1, "the numbers \(registered) have gaps", fix: "number them 1, 2, 3 …")])
    }

    /// The versions in the order of the list.
    private static func numbers(in list: SwiftFile) -> [Int] {
        list.places(of: ["version", ":"]).compactMap { index in
            index + 2 < list.code.count ? Int(list.code[index + 2].text) : nil
        }
    }

    private static func number(of file: TextFile) -> Int? {
        guard file.name.hasPrefix("v"), let digits = file.stem.dropFirst().split(separator: "_").first else {
            return nil
        }
        return Int(digits)
    }
}
