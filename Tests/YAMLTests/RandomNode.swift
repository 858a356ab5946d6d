import KitTesting
import YAML

/// Trees that are hard to write: strings that look like something else, odd characters, empty
/// collections, numbers at their limits.
struct RandomNode {
    var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    static let strings = [
        "", " ", "a", "two words", " lead", "trail ", "yes", "No", "on", "null", "~", "true", "12", "-1",
        "012",
        "1:30", "1_000", "0x1F", "0o7", "1e3", ".5", ".inf", ".nan", "2026-11-23", "<<", "=", "-", "--", "-x",
        "---", "...", "--- x", "?", "? x", ":", ": x", "a: b", "a:", "a:b", "a #b", "a#b", "#a", "[a]", "{a",
        "a]",
        "a, b", "&a", "*a", "!a", "|", ">", "%a", "@a", "`a", "'", "\"", "it's", "say \"x\"", "a\\b", "\t",
        "a\tb",
        "* * * * *", "0 9 * * 1-5", "line\n", "one\ntwo", "one\ntwo\n", "one\n\ntwo\n\n", "\n", "\n\n",
        "\none\n",
        "  deep\nx", "\ttab\nx\n", "a\n  \nb\n", "a\n   ", "\r", "a\r\nb", "é", "e\u{301}", "日本語", "😀",
        "\u{85}",
        "\u{2028}x", "\u{FEFF}", "\u{0}", "\u{1B}[0m", "\u{7F}", "\u{A0}", "\u{FFFE}", "a\u{85}\nb",
        "# x\ny\n",
        "key: |\n  x\n", "- a\n- b\n", "x\n# y", "trailing \nspace \n",
    ]

    mutating func string() -> String {
        guard random.chance(30) else { return random.pick(RandomNode.strings) }
        return (0..<random.below(4)).map { _ in random.pick(RandomNode.strings) }.joined()
    }

    mutating func scalar() -> Node {
        switch random.below(9) {
        case 0: .null
        case 1: Node(.bool(random.chance(50)))
        case 2: Node(.int(random.pick([0, 1, -1, 8080, .max, .min])))
        case 3:
            Node(
                .float(
                    random.pick([0, -0.5, 1e300, .leastNonzeroMagnitude, .pi, .infinity, -.infinity, .nan])))
        default: .string(string())
        }
    }

    mutating func key() -> Node {
        if random.chance(3) { return [scalar()] }
        return random.chance(90) ? .string(string()) : scalar()
    }

    mutating func node(depth: Int) -> Node {
        guard depth > 0, random.chance(60) else { return scalar() }
        let count = random.below(5)
        if random.chance(40) { return .sequence((0..<count).map { _ in node(depth: depth - 1) }) }
        return mapping(count: count, depth: depth)
    }

    mutating func mapping(count: Int, depth: Int) -> Node {
        var entries: [Node.Entry] = []
        for _ in 0..<count {
            let key = key()
            if entries.contains(where: { $0.key == key }) { continue }
            entries.append(Node.Entry(key: key, value: node(depth: depth - 1)))
        }
        return .mapping(entries)
    }
}
