import OrchCore

/// Variables that tools and their builds need and that hold no secret: what an agent gets, and the hooks and
/// filters of git that an agent may have written.
package enum ToolVariables {
    package static func contains(_ name: String) -> Bool {
        names.contains(name) || VariableNames.isLocale(name)
    }

    private static let names = VariableNames.harmless.union([
        "LANGUAGE", "COLORTERM", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME",
        "SSL_CERT_FILE", "SSL_CERT_DIR", "NODE_EXTRA_CA_CERTS", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY",
        "http_proxy", "https_proxy", "no_proxy", "CARGO_HOME", "RUSTUP_HOME", "GOPATH", "GOROOT", "JAVA_HOME",
        "PYENV_ROOT", "NVM_DIR", "VIRTUAL_ENV", "NO_COLOR",
    ])
}
