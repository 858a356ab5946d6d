/// Names of environment variables that several parts have to agree on.
package enum VariableNames {
    /// Whose values everybody may see, and every program may need; with them all of the locale (`LC_…`).
    package static let harmless: Set<String> = [
        "HOME", "LANG", "LOGNAME", "PATH", "SHELL", "TERM", "TMPDIR", "TZ", "USER", "XDG_RUNTIME_DIR",
    ]

    package static func isLocale(_ name: String) -> Bool { name.hasPrefix("LC_") }

    /// Tokens that let their holder write to GitHub.
    package static let gitHubTokens: Set<String> = [
        "GH_ENTERPRISE_TOKEN", "GH_TOKEN", "GITHUB_ENTERPRISE_TOKEN", "GITHUB_TOKEN",
    ]
}
