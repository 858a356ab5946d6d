import KitTesting
import OrchCore
import Platform
import Subprocess
import Testing

@testable import OrchAdapters

@Suite struct AgentCatalogTests {
    /// A folder with programs of these names.
    private func folder(_ programs: String...) throws -> String {
        let path =
            "\(Scratch.parent)/agents-\(UInt64.random(in: .min ... .max))"
        try Directory.make(path)
        for program in programs {
            try AtomicFile.write(Array("#!/bin/sh\n".utf8), to: "\(path)/\(program)", mode: 0o755)
        }
        return path
    }

    private func catalog(_ path: String, demo: String? = nil, change: (inout Settings) -> Void = { _ in })
        -> AgentCatalog
    {
        var settings = Settings()
        change(&settings)
        return AgentCatalog(
            settings: settings, path: path, surroundings: .init(zone: .utc, demoProgram: demo))
    }

    private func name(_ text: String) throws -> AgentName { try #require(AgentName(text)) }

    @Test func `offers what is installed and not disabled, in v0's order`() throws {
        let path = try folder("opencode", "claude", "codex")
        defer { try? Directory.remove(path) }
        #expect(catalog(path).available == [.claude, .codex, .opencode])
        #expect(catalog(path) { $0.router.disabledAgents = [.codex] }.available == [.claude, .opencode])
        #expect(catalog("/nowhere").available == [])
    }

    @Test func `offers configured programs after its own, and lets them take a name over`() throws {
        let path = try folder("mine", "wrapper")
        defer { try? Directory.remove(path) }
        let zed = try name("zed")
        let catalog = catalog(path) {
            $0.agents[zed] = AgentSettings()
            $0.agents[zed]?.command = ["mine", "{{PROMPT_FILE}}"]
            $0.agents[.claude] = AgentSettings()
            $0.agents[.claude]?.command = ["\(path)/wrapper"]
        }
        #expect(catalog.available == [.claude, zed])
        #expect(catalog.program(of: .claude) == "\(path)/wrapper")
    }

    @Test func `runs what takes claude's options as claude`() throws {
        let kimi = try name("kimi")
        #expect(catalog("").adapter(for: kimi)?.program == "kimi")
        #expect(catalog("").adapter(for: try name("unknown")) == nil)
    }

    @Test func `has a demo only where its script is, and never gives work to it by itself`() throws {
        let path = try folder("demo-agent")
        defer { try? Directory.remove(path) }
        #expect(catalog(path).adapter(for: .demo) == nil)
        let catalog = catalog(path, demo: "\(path)/demo-agent")
        #expect(catalog.program(of: .demo) == "\(path)/demo-agent")
        #expect(!catalog.available.contains(.demo))
        #expect(catalog.names.contains(.demo))
    }

    @Test(
        arguments: [
            ("codex-cli 0.163.0\n", 0, "codex-cli 0.163.0"),
            ("warning\n2.1.330 (Claude Code)\n", 0, "2.1.330 (Claude Code)"),
            ("none\n", 0, nil), ("1.0\n", 1, nil),
        ] as [(String, Int32, String?)])
    func `reads a version`(printed: String, status: Int32, version: String?) throws {
        let output = try Command("sh", "-c", "printf '%s' '\(printed)'; exit \(status)").with {
            $0.environment = .inherit(only: ["PATH"])
        }.run()
        #expect(AgentProbe.readVersion(output) == version)
    }
}
