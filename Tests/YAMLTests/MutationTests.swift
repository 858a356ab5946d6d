import KitTesting
import Testing
import YAML

/// Whatever the bytes, reading ends with a tree or an error that says where.
struct MutationTests {
    static let pieces =
        [
            "\t", "\n", "  ", "- ", "? ", ": ", ":", "#", " #", "&a", "*a", "!", "!!str ", "|", ">", "'",
            "\"", "\\",
            "[", "]", "{", "}", ",", "---\n", "...\n", "%", "\r", "\u{FEFF}", "é", "|2-\n", "<<", "~",
            "\n\n   ",
        ].map { Array($0.utf8) } + [
            [0], [0x80], [0xC3], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF, 0xFE],
        ]

    private func mutated(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0...random.below(4) {
            let at = random.below(bytes.count + 1)
            switch random.below(4) {
            case 0: bytes.insert(contentsOf: random.pick(MutationTests.pieces), at: at)
            case 1: bytes.removeSubrange(at..<min(bytes.count, at + 1 + random.below(8)))
            case 2: bytes = Array(bytes.prefix(at))
            default:
                let length = random.below(20)
                bytes.insert(
                    contentsOf: bytes.dropFirst(at).prefix(length), at: random.below(bytes.count + 1))
            }
        }
        return bytes
    }

    @Test(arguments: 1...4)
    func `mutated documents are read or refused`(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let cases = try (Corpus.accepted + ["rejected"]).flatMap { try Corpus.cases($0) }
        for _ in 0..<1500 {
            let bytes = mutated(random.pick(cases).bytes, &random)
            let lines = bytes.split(omittingEmptySubsequences: false) { $0 == 10 || $0 == 13 }.count
            do throws(YAMLError) {
                for node in try Node.documents(bytes: bytes) {
                    #expect((1...lines).contains(node.mark.line) && node.mark.column >= 1)
                    #expect(try Node.parse(node.yaml()) == node)
                }
            } catch let refusal where refusal.line > 0 {
                #expect(refusal.line <= lines && refusal.column >= 1, "\(refusal)")
                #expect(!refusal.problem.isEmpty && !refusal.fix.isEmpty)
            } catch {
                Issue.record("an error without a place: \(error)")
            }
        }
    }
}
