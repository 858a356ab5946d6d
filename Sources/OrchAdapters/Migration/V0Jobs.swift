import YAML

/// What in a file of jobs means something else to v0 than to orch.
package struct V0Jobs: Equatable, Sendable {
    /// How many jobs the file has.
    package var count = 0
    /// Jobs without `enabled`, which v0 never runs and orch does.
    package var withoutEnabled: [String] = []
    /// Jobs that name days of the month and of the week: v0 waits for both, orch for either.
    package var withBothDays: [String] = []

    /// All zero where there is no file; what is wrong with it is reported where jobs are read.
    package init(reading path: String) {
        self.init(try? JobsFile(path, owner: nil).root())
    }

    init(_ root: Node?) {
        let items = root?.sequence ?? root?["jobs"]?.sequence ?? []
        count = items.count
        for (index, item) in items.enumerated() {
            let name = item["id"]?.text ?? "jobs[\(index)]"
            if item["enabled"].map(\.isNull) ?? true { withoutEnabled.append(name) }
            if Self.hasBothDays(item["schedule"]?.text ?? "") { withBothDays.append(name) }
        }
    }

    private static func hasBothDays(_ schedule: String) -> Bool {
        let fields = schedule.split(whereSeparator: \.isWhitespace)
        return fields.count == 5 && fields[2] != "*" && fields[4] != "*"
    }
}
