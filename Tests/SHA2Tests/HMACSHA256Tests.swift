import SHA2
import Testing

struct HMACSHA256Tests {
    static let longKey = String(repeating: "aa", count: 131)

    /// RFC 4231 §4.2 to §4.8. Of the fifth, whose code the RFC cuts to 128 bits, the first half is given.
    @Test(arguments: [
        (
            String(repeating: "0b", count: 20), Hexadecimal.encode("Hi There".utf8),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Hexadecimal.encode("Jefe".utf8), Hexadecimal.encode("what do ya want for nothing?".utf8),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            String(repeating: "aa", count: 20), String(repeating: "dd", count: 50),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
        ),
        (
            Hexadecimal.encode(1...25), String(repeating: "cd", count: 50),
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
        ),
        (
            String(repeating: "0c", count: 20), Hexadecimal.encode("Test With Truncation".utf8),
            "a3b6167473100ee06e0c796c2955552b"
        ),
        (
            longKey, Hexadecimal.encode("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
        (
            longKey,
            Hexadecimal.encode(
                ("This is a test using a larger than block-size key and a larger than block-size data. "
                    + "The key needs to be hashed before being used by the HMAC algorithm.").utf8),
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
        ),
    ])
    func `the codes of RFC 4231 come out`(key: String, message: String, code: String) throws {
        let key = try #require(Hexadecimal.decode(key))
        let message = try #require(Hexadecimal.decode(message))
        #expect(Hexadecimal.encode(HMACSHA256.code(of: message, key: key)).hasPrefix(code))
    }

    /// The expected value is that of Python's hmac for the same bytes.
    @Test func `keys and messages of many lengths agree with Python`() {
        var all = SHA256()
        for count in 0..<300 {
            let key = pattern(count: count, seed: UInt64(count + 7))
            all.update(HMACSHA256.code(of: pattern(count: 2 * count, seed: UInt64(count)), key: key))
        }
        let digest = "6323bcb2bbaf66012cd5a338bc57a78206072f7d3d42dfc9b844992817b99a55"
        #expect(Hexadecimal.encode(all.finalize()) == digest)
    }

    /// The example of GitHub's documentation, “Validating webhook deliveries”.
    @Test func `a webhook's signature is recognised, and nothing near it`() throws {
        let key = "It's a Secret to Everybody".utf8
        let hexadecimal = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
        let code = try #require(Hexadecimal.decode(hexadecimal))
        #expect(HMACSHA256.isValid(code, for: "Hello, World!".utf8, key: key))
        #expect(!HMACSHA256.isValid(code, for: "Hello, World?".utf8, key: key))
        #expect(!HMACSHA256.isValid(code, for: "Hello, World!".utf8, key: "".utf8))
        #expect(!HMACSHA256.isValid(code.dropLast(), for: "Hello, World!".utf8, key: key))
        #expect(!HMACSHA256.isValid([], for: "Hello, World!".utf8, key: key))
        for index in code.indices {
            var wrong = code
            wrong[index] ^= 1
            #expect(!HMACSHA256.isValid(wrong, for: "Hello, World!".utf8, key: key))
        }
    }

    @Test func `constant-time equality is equality`() {
        #expect(isEqualInConstantTime([], []))
        #expect(isEqualInConstantTime([1, 2], [1, 2]))
        #expect(!isEqualInConstantTime([1, 2], [1, 3]))
        #expect(!isEqualInConstantTime([0x80], [0x00]))
        #expect(!isEqualInConstantTime([1, 2], [1]))
        #expect(!isEqualInConstantTime([], [0]))
    }
}

struct HexadecimalTests {
    @Test(arguments: ["0", "abc", "0g", "g0", " 00", "00 ", "0x00", "é0", "-1"])
    func `anything but pairs of digits is refused`(text: String) {
        #expect(Hexadecimal.decode(text) == nil)
    }

    @Test func `encoding and decoding are inverse, and both cases are read`() {
        let bytes = Array(UInt8.min...UInt8.max)
        #expect(Hexadecimal.decode(Hexadecimal.encode(bytes)) == bytes)
        #expect(Hexadecimal.decode("00fFAa") == [0x00, 0xFF, 0xAA])
        #expect(Hexadecimal.encode([0x0A, 0xF0]) == "0af0")
        #expect(Hexadecimal.decode("") == [])
    }
}
