/// Writes a command's help for a terminal.
package struct HelpRenderer: Sendable {
    /// Narrower, columns no longer fit; wider, lines are hard to read.
    package static let widths = 40...100

    package let width: Int
    package let isStyled: Bool

    /// `width` in columns is brought into `widths`; `styled` sets headings in bold (ECMA-48), which is right
    /// for a terminal without `NO_COLOR`.
    package init(width: Int = 80, styled: Bool = false) {
        self.width = min(max(width, Self.widths.lowerBound), Self.widths.upperBound)
        isStyled = styled
    }

    /// Ends with a newline.
    package func render(_ path: CommandPath) -> String {
        var page = HelpPage(width: width)
        page.add("Usage: \(path.usage)", hanging: 7)
        page.addGap()
        page.add("\(path.command.abstract).")
        page.add(discussion: path.command.discussion)
        let sections = sections(of: path)
        let column = column(for: sections)
        for section in sections {
            add(heading: section.title, to: &page)
            for row in section.rows { page.add(label: row.label, text: row.text, column: column) }
        }
        addExamples(of: path.command, to: &page)
        if path.command.isGroup {
            page.addGap()
            page.add("`\(path.text) help COMMAND` tells more about a command.")
        }
        return page.lines.joined(separator: "\n") + "\n"
    }

    private struct Section {
        let title: String
        let rows: [(label: String, text: String)]
    }

    private func sections(of path: CommandPath) -> [Section] {
        var sections = path.groups.map { group in
            Section(title: group.title, rows: group.commands.map { ($0.usageName, $0.abstract) })
        }
        sections.append(
            Section(title: "Arguments", rows: path.positionals.map { ($0.displayName, $0.description) }))
        sections.append(Section(title: "Options", rows: Self.rows(of: path.ownOptions)))
        sections += path.inheritedLevels.map { level in
            let commands = level.name.map { "`\($0)` command" } ?? "command"
            return Section(title: "Options of every \(commands)", rows: Self.rows(of: level.options))
        }
        let statuses = path.command.exitStatuses.map { (label: $0.term, text: $0.meaning) }
        sections.append(Section(title: "Exit status", rows: statuses))
        return sections.filter { !$0.rows.isEmpty }
    }

    private static func rows(of options: [Option]) -> [(label: String, text: String)] {
        options.filter { !$0.isHidden }.map { ($0.label, $0.description) }
    }

    /// Where the texts begin: right of the longest label that leaves them half of the width or more.
    private func column(for sections: [Section]) -> Int {
        let starts = sections.flatMap(\.rows).map { $0.label.count + 4 }
        return starts.filter { $0 <= width / 2 }.max() ?? 8
    }

    private func add(heading: String, to page: inout HelpPage) {
        page.addGap()
        page.add(line: isStyled ? "\u{1B}[1m\(heading):\u{1B}[0m" : "\(heading):")
    }

    /// Commands are kept on one line, whatever the width: they are there to be copied.
    private func addExamples(of command: CommandTable, to page: inout HelpPage) {
        guard !command.examples.isEmpty else { return }
        add(heading: "Examples", to: &page)
        for example in command.examples {
            page.add(line: "  \(example.term)")
            page.add(example.meaning, indent: 6)
        }
    }
}

extension CommandPath {
    /// The visible commands beneath under their headings, in the order in which the table first mentions
    /// each.
    var groups: [(title: String, commands: [CommandTable])] {
        var groups: [(title: String, commands: [CommandTable])] = []
        for table in command.subcommands where !table.isHidden {
            let title = table.group ?? "Commands"
            if let place = groups.firstIndex(where: { $0.title == title }) {
                groups[place].commands.append(table)
            } else {
                groups.append((title, [table]))
            }
        }
        return groups
    }
}

extension CommandTable {
    /// With its aliases: `list, ls`.
    fileprivate var usageName: String { ([name] + aliases).joined(separator: ", ") }
}
