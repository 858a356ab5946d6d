import OrchCore
import YAML

// Empty text is nil in all of these: it is what v0's example has where nothing is chosen.

extension ConfigKind<String?> {
    static var name: ConfigKind {
        scalar("text", write: { .string($0 ?? "") }) { .some($0.isEmpty ? nil : $0) }
    }
}

extension ConfigKind<AgentName?> {
    static var agent: ConfigKind {
        scalar(AgentName.words, write: { .string($0?.rawValue ?? "") }) { text in
            text.isEmpty ? .some(nil) : AgentName(text).map { .some($0) }
        }
    }
}

extension ConfigKind<Duration?> {
    static var ownSeconds: ConfigKind {
        let plain = ConfigKind<Duration>.seconds()
        return ConfigKind(
            words: plain.words, read: { node, decoder in plain.read(node, &decoder).map { .some($0) } },
            write: { $0.map(plain.write) ?? .null })
    }
}

extension ConfigKind<QuietHours?> {
    static var quietHours: ConfigKind {
        scalar("hours such as `22:00-07:00`", write: { .string($0?.text ?? "") }) { text in
            text.isEmpty ? .some(nil) : QuietHours(text).map { .some($0) }
        }
    }
}

extension ConfigKind<RepositorySlug?> {
    /// `owner/repo` is what v0's example has, and in a file stands for nothing.
    static var repository: ConfigKind {
        let plain = scalar("`OWNER/NAME`", write: { .string($0?.description ?? "") }) { text in
            text.isEmpty ? .some(nil) : RepositorySlug(text).map { .some($0) }
        }
        return ConfigKind(
            words: plain.words,
            read: { node, decoder in
                decoder.isOfFile && node.text == "owner/repo" ? .some(nil) : plain.read(node, &decoder)
            }, write: plain.write)
    }
}

extension AgentName {
    /// What a name must be, as it follows “write …”.
    static let words = "an agent’s name: 1 to 32 of a-z, 0-9, - and _, a letter first"
}
