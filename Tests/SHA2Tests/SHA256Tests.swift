import SHA2
import Testing

/// Bytes that look random and are the same everywhere: a linear congruential generator with Knuth's
/// constants, its top byte each step.
func pattern(count: Int, seed: UInt64) -> [UInt8] {
    var state = seed
    return (0..<count).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 56)
    }
}

struct SHA256Tests {
    /// From the examples of FIPS 180-2 and its successors, appendix B.
    static let published = [
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrs"
                + "mnopqrstnopqrstu",
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
        ),
        (
            String(repeating: "a", count: 1_000_000),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        ),
    ]

    @Test(arguments: published)
    func `the published examples come out`(message: String, digest: String) {
        #expect(Hexadecimal.encode(SHA256.hash(message.utf8)) == digest)
    }

    /// From SHA256ShortMsg.rsp of NIST's Cryptographic Algorithm Validation Program.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("d3", "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1"),
        ("11af", "5ca7133fa735326081558ac312c620eeca9970d1e70a4b95533d956f072d1f98"),
        ("b4190e", "dff2e73091f6c05e528896c4c831b9448653dc2ff043528f6769437bc7b975c2"),
        ("74ba2521", "b16aa56be3880d18cd41e68384cf1ec8c17680c45a02b1575dc1518923ae8b0e"),
        ("c299209682", "f0887fe961c9cd3beab957e8222494abb969b1ce4c6557976df8b0f6d20e9166"),
        ("e1dc724d5621", "eca0a060b489636225b4fa64d267dabbe44273067ac679f20820bddc6b6a90ac"),
        ("06e076f5a442d5", "3fd877e27450e6bbd5d74bb82f9870c64c66e109418baa8e6bbcff355e287926"),
        ("5738c929c4f4ccb6", "963bb88f27f512777aab6c8b1a02c70ec0ad651d428f870036e1917120fb48bf"),
        ("3334c58075d3f4139e", "078da3d77ed43bd3037a433fd0341855023793f9afd08b4b08ea1e5597ceef20"),
        ("74cb9381d89f5aa73368", "73d6fad1caaa75b43b21733561fd3958bdc555194a037c2addec19dc2d7a52bd"),
        (
            "5a86b737eaea8ee976a0a24da63e7ed7eefad18a101c1211e2b3650c5187c2a8"
                + "a650547208251f6d4237e661c7bf4c77f335390394c37fa1a9f9be836ac28509",
            "42e61e174fbb3897d6dd6cef3dd2802fe67b331953b06114a65c772859dfc1aa"
        ),
    ])
    func `short messages of the validation programme come out`(message: String, digest: String) throws {
        #expect(Hexadecimal.encode(SHA256.hash(try #require(Hexadecimal.decode(message)))) == digest)
    }

    /// The expected value is that of Python's hashlib for the same bytes.
    @Test func `every length around the block size agrees with hashlib`() {
        var all = SHA256()
        for count in 0..<1100 { all.update(SHA256.hash(pattern(count: count, seed: UInt64(count)))) }
        let digest = "2d5e0a7468e993f3529ffb19d16e9c4034559e9915f10a2b4ccf38f94ad5447f"
        #expect(Hexadecimal.encode(all.finalize()) == digest)
    }

    @Test(arguments: [1, 3, 55, 56, 63, 64, 65, 200])
    func `the pieces a message comes in do not matter`(pieceCount: Int) {
        let message = pattern(count: 1000, seed: 1)
        var hash = SHA256()
        for start in stride(from: 0, to: message.count, by: pieceCount) {
            hash.update(message[start..<min(start + pieceCount, message.count)])
            hash.update([])
        }
        #expect(hash.finalize() == SHA256.hash(message))
    }

    @Test func `a message may go on after its digest was asked for`() {
        var hash = SHA256()
        hash.update("ab".utf8)
        #expect(hash.finalize() == SHA256.hash("ab".utf8))
        hash.update("c".utf8)
        #expect(hash.finalize() == SHA256.hash("abc".utf8))
    }

    @Test func `a collection without contiguous storage gives the same digest`() {
        #expect(SHA256.hash((0..<200).lazy.map { UInt8($0) }) == SHA256.hash((0..<200).map { UInt8($0) }))
    }
}
