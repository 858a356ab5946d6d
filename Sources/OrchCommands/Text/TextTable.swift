/// Text in columns that are as wide as their widest cell.
///
/// Cells may hold what others wrote: they are put on one line, without what would steer a terminal.
struct TextTable {
    enum Look { case plain, bold, dim, red, green, yellow }

    struct Cell {
        let text: String
        let look: Look

        init(_ text: String, _ look: Look = .plain) {
            self.text = text.onOneLine
            self.look = look
        }
    }

    private let header: [Cell]
    private var rows: [[Cell]] = []

    private static let gap = 2

    /// - Parameter header: empty: none.
    init(_ header: [String]) { self.header = header.map { Cell($0, .bold) } }

    mutating func add(_ cells: [Cell]) { rows.append(cells) }

    /// - Parameter width: where the last column is cut; nil: nowhere.
    func lines(_ terminal: TerminalStyle, width: Int? = nil) -> [String] {
        let all = header.isEmpty ? rows : [header] + rows
        let columns = all.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            all.map { $0.count > column ? $0[column].text.count : 0 }.max() ?? 0
        }
        return all.map { line($0, widths: widths, terminal, width: width) }
    }

    private func line(_ cells: [Cell], widths: [Int], _ terminal: TerminalStyle, width: Int?) -> String {
        var line = ""
        var used = 0
        for (column, cell) in cells.enumerated() {
            let isLast = column == cells.count - 1
            let text = isLast ? width.map { cell.text.cut(to: max(8, $0 - used)) } ?? cell.text : cell.text
            line += terminal.shown(text, cell.look)
            guard !isLast else { break }
            let wide = widths[column] + Self.gap
            line += String(repeating: " ", count: wide - text.count)
            used += wide
        }
        return String(line.reversed().drop { $0 == " " }.reversed())
    }
}

extension TerminalStyle {
    func shown(_ text: String, _ look: TextTable.Look) -> String {
        switch look {
        case .plain: text
        case .bold: bold(text)
        case .dim: dim(text)
        case .red: red(text)
        case .green: green(text)
        case .yellow: yellow(text)
        }
    }
}
