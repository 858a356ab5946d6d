import OrchCore
import Platform
import Testing
import YAML

@testable import OrchAdapters

@Suite struct ConfigExampleTests {
    private let layer: ConfigLayer

    init() throws {
        // Five folders up from this file: the package.
        let package = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        layer = try #require(try ConfigLayer(reading: "/\(package)/config.example.yml"))
    }

    @Test func `the example is read without a problem and changes nothing`() {
        var settings = Settings()
        #expect(layer.apply(to: &settings, environment: [:]) == [])
        // An agent that is only named runs with the defaults.
        #expect(settings.agents.values.allSatisfy { $0 == AgentSettings() })
        settings.agents = [:]
        #expect(settings == Settings())
    }

    @Test(arguments: ConfigTable.keys)
    func `every key stands in the example with its default`(key: ConfigKey) throws {
        let found = try #require(layer.root.values(at: key.parts[...]), "\(key.path) is missing")
        for node in found { #expect(node == key.standard, "\(key.path)") }
    }

    @Test func `no two rows have the same key`() {
        #expect(Set(ConfigTable.keys.map(\.path)).count == ConfigTable.keys.count)
    }

    @Test(arguments: ConfigTable.keys)
    func `a row says in one sentence what its key does`(key: ConfigKey) {
        #expect(key.summary.hasSuffix("."))
        #expect(key.summary.first?.isLowercase == false || key.summary.contains(": "))
        #expect(!key.kind.isEmpty)
    }
}

extension Node {
    /// What stands at a path whose parts in capitals mean any name; nil where it is missing. An empty mapping
    /// where the names would follow has nothing to compare.
    fileprivate func values(at parts: ArraySlice<String>) -> [Node]? {
        guard let part = parts.first else { return [self] }
        if ConfigKey.Placeholder(rawValue: part) == nil { return self[part]?.values(at: parts.dropFirst()) }
        guard let entries = mapping else { return nil }
        let found = entries.compactMap { $0.value.values(at: parts.dropFirst()) }
        return found.isEmpty && !entries.isEmpty ? nil : found.flatMap { $0 }
    }
}
