import OrchCore
import YAML

extension ConfigKind<[String]> {
    static var texts: ConfigKind { list(of: .text, "a list such as `[one, two]`", write: { .string($0) }) }

    /// One text may stand alone, spaces and all.
    static var textOrTexts: ConfigKind {
        let words = "a text, or a list such as `[one, two]`"
        let list = list(of: .text, words, write: { .string($0) })
        return ConfigKind(
            words: words,
            read: { node, decoder in
                guard node.sequence == nil else { return list.read(node, &decoder) }
                return decoder.text(node, expected: words).map { $0.isEmpty ? [] : [$0] }
            },
            write: { $0.count > 1 ? list.write($0) : .string($0.first ?? "") })
    }

    /// A program and its arguments. One word may stand alone; a text with spaces is refused, because it would
    /// not be split.
    static var command: ConfigKind {
        let words = "a list such as `[my-agent, --model, \"{{MODEL}}\"]`"
        let list = list(of: .text, words, write: { .string($0) })
        return ConfigKind(
            words: words,
            read: { node, decoder in
                guard let text = node.text, !node.isNull, !text.contains(where: \.isWhitespace) else {
                    return list.read(node, &decoder)
                }
                return decoder.text(node, expected: words).map { $0.isEmpty ? [] : [$0] }
            },
            write: list.write)
    }
}

extension ConfigKind<[AgentName]> {
    static var agents: ConfigKind {
        let name = ConfigKind<AgentName>.scalar(AgentName.words, write: { .string($0.rawValue) }) {
            AgentName($0)
        }
        return list(of: name, "a list of agents such as `[opencode]`", write: name.write)
    }
}

extension ConfigKind<[Notice.Kind]> {
    static var noticeKinds: ConfigKind {
        let kind = ConfigKind<Notice.Kind>.choice
        return list(of: kind, "a list such as `[needs_review, job_failed]`", write: kind.write)
    }
}

extension ConfigKind {
    /// Every item is read, so that all mistakes of a list are reported.
    private static func list<Item>(
        of kind: ConfigKind<Item>, _ words: String, write: @escaping @Sendable (Item) -> Node
    ) -> ConfigKind where Value == [Item] {
        ConfigKind(
            words: words,
            read: { node, decoder in
                guard let items = node.sequence else {
                    decoder.refuse(node, "\(ConfigDecoder.show(node)) is not a list", fix: "write \(words)")
                    return nil
                }
                let values = items.compactMap { kind.read($0, &decoder) }
                return values.count == items.count ? values : nil
            },
            write: { .sequence($0.map(write)) })
    }
}
