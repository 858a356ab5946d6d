import OrchCore
import Testing

@testable import OrchAdapters

@Suite struct SecretsTests {
    @Test func `what the configuration hands to an agent is a secret, but for plain words`() {
        var settings = AgentSettings()
        settings.environment = [
            "DATABASE_URL": "postgres://u:p@h/d", "MODE": "production", "MY_KEY": "plainword",
        ]
        settings.passedVariables = ["SPECIAL", "PATH", "ABSENT"]
        let secrets = AgentEnvironment.secrets(
            in: ["SPECIAL": "s3cr3t-enough", "PATH": "/usr/bin", "GH_TOKEN": "ghp_x"], adapters: [],
            settings: [.claude: settings])
        #expect(Set(secrets) == ["postgres://u:p@h/d", "plainword", "s3cr3t-enough", "ghp_x"])
    }
}
