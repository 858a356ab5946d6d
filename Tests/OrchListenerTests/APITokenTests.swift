import KitTesting
import OrchCore
import Platform
import Testing

@testable import OrchListener

@Suite struct APITokenTests: ~Copyable {
    private let folder = TemporaryFolder()

    private func read(_ token: String, file: String = "") throws -> String {
        var settings = Settings.Listen()
        (settings.token, settings.tokenFile) = (token, file)
        return try APIToken.read(settings)
    }

    @Test func `one that can be guessed is refused, by the key that has it`() throws {
        #expect(throws: ListenerError.tokenTooShort(key: "listen.token", bytes: 15)) {
            try read("0123456789abcde")
        }
        // The line's end does not make it longer.
        let short = try folder.file("short", "0123456789abcde\n")
        #expect(throws: ListenerError.tokenTooShort(key: "listen.token_file", bytes: 15)) {
            try read("", file: short)
        }
    }

    @Test func `a file that is named and has none is no token that everybody knows`() throws {
        let empty = try folder.file("empty", " \n")
        #expect(throws: ListenerError.secretEmpty(key: "listen.token_file", path: empty)) {
            try read("", file: empty)
        }
        #expect(throws: ListenerError.self) { try read("", file: "\(folder.path)/nothing") }
    }

    @Test func `what is written counts, then the file, and none is none`() throws {
        let path = try folder.file("token", "fedcba9876543210\n")
        #expect(try read("0123456789abcdef", file: path) == "0123456789abcdef")
        #expect(try read("", file: path) == "fedcba9876543210")
        #expect(try read("").isEmpty)
    }
}
