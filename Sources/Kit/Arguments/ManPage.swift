/// The program's manual page in man(7), section 1, made from its table.
package struct ManPage: Sendable {
    private let path: CommandPath
    private let date: String
    private let version: String
    private var lines: [String] = []

    /// `date` is that of the release, `YYYY-MM-DD`; nothing here reads the clock, so that builds can be
    /// reproduced.
    package static func render(_ program: CommandTable, version: String, date: String) -> String {
        var page = ManPage(path: CommandPath(program), date: date, version: version)
        page.write()
        return page.lines.joined(separator: "\n") + "\n"
    }

    private init(path: CommandPath, date: String, version: String) {
        self.path = path
        self.date = date
        self.version = version
    }

    private mutating func write() {
        let name = RoffText.escaped(path.program.name)
        let title = RoffText.escaped(path.program.name.uppercased())
        lines.append(".TH \(title) 1 \(date) \"\(name) \(RoffText.escaped(version))\" \"User Commands\"")
        section("NAME") { $0.lines.append("\(name) \\- \(RoffText.escaped($0.path.program.abstract))") }
        section("SYNOPSIS") { $0.lines.append($0.synopsis(of: $0.path)) }
        section("DESCRIPTION") { $0.describe($0.path.program, orElse: "\($0.path.program.abstract).") }
        section("COMMANDS") { $0.writeCommands() }
        section("OPTIONS") { $0.writeProgramOptions() }
        section("ENVIRONMENT") { $0.write($0.environment) }
        section("FILES") { $0.write($0.collected(\.files)) }
        section("EXIT STATUS") { $0.write($0.path.program.exitStatuses) }
        section("EXAMPLES") { $0.writeExamples() }
    }

    /// Leaves out a section with nothing in it.
    private mutating func section(_ title: String, _ write: (inout ManPage) -> Void) {
        lines.append(".SH \(title)")
        let start = lines.count
        write(&self)
        if lines.count == start { lines.removeLast() }
    }
}

// Commands.
extension ManPage {
    private mutating func writeCommands() {
        for group in path.groups {
            lines.append(".SS \"\(RoffText.escaped(group.title))\"")
            for table in group.commands {
                let top = path.appending(table)
                for command in [top] + top.visibleDescendants { write(command: command) }
            }
        }
    }

    private mutating func write(command: CommandPath) {
        item(synopsis(of: command), "\(command.command.abstract).")
        let options = command.ownOptions.filter { $0 != .help }
        let statuses = command.command.exitStatuses
        let isPlain =
            command.command.discussion.isEmpty && command.positionals.isEmpty && options.isEmpty
            && statuses.isEmpty
        guard !isPlain else { return }
        lines.append(".RS")
        describe(command.command, orElse: nil)
        for positional in command.positionals {
            item(RoffText.italic(positional.displayName), positional.description)
        }
        write(options: options)
        // Here rather than in the section of that name, where nobody could tell whose they are.
        for status in statuses { item(RoffText.bold("exit status \(status.term)"), status.meaning) }
        lines.append(".RE")
    }

    private func synopsis(of command: CommandPath) -> String {
        let rest = command.usage.dropFirst(command.text.count).drop { $0 == " " }
        return RoffText.bold(command.text) + (rest.isEmpty ? "" : " " + RoffText.italic(String(rest)))
    }
}

// Parts of a section.
extension ManPage {
    private mutating func describe(_ table: CommandTable, orElse substitute: String?) {
        let blocks = TextBlock.blocks(of: table.discussion)
        if blocks.isEmpty, let substitute { lines += RoffText.prose(substitute) }
        for (index, block) in blocks.enumerated() {
            // mandoc(1) finds a paragraph right after a heading superfluous.
            if index > 0 { lines.append(".PP") }
            switch block {
            case .paragraph(let text): lines += RoffText.prose(text)
            case .verbatim(let kept): lines += [".EX"] + kept.map(RoffText.line) + [".EE"]
            }
        }
    }

    private mutating func write(options: [Option]) {
        for option in options where !option.isHidden {
            let label = option.label.drop { $0 == " " }
            item(RoffText.bold(String(label)), option.description)
        }
    }

    private mutating func writeProgramOptions() {
        if path.command.isGroup {
            lines.append("They may be given with every command, before or after its name.")
        }
        write(options: path.ownOptions)
    }

    private mutating func write(_ definitions: [Definition]) {
        for definition in definitions { item(RoffText.bold(definition.term), definition.meaning) }
    }

    private mutating func writeExamples() {
        for example in collected(\.examples) { item(RoffText.bold(example.term), example.meaning) }
    }

    private mutating func item(_ formatted: String, _ meaning: String) {
        lines += [".TP", formatted] + RoffText.prose(meaning)
    }

    /// Of the program and every visible command, equal ones once.
    private func collected(_ part: (CommandTable) -> [Definition]) -> [Definition] {
        var found: [Definition] = []
        for table in ([path] + path.visibleDescendants).map(\.command) {
            for definition in part(table) where !found.contains(definition) { found.append(definition) }
        }
        return found
    }

    /// The variables the tables tell of, then those that options name, each once.
    private var environment: [Definition] {
        var found = collected(\.environment)
        for option in ([path] + path.visibleDescendants).flatMap(\.ownOptions) where !option.isHidden {
            guard let variable = option.environment, !found.contains(where: { $0.term == variable }) else {
                continue
            }
            found.append(Definition(variable, "Stands in for `--\(option.long)` where that is not given."))
        }
        return found
    }
}
