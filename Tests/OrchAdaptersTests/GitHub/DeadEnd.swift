import Platform

enum DeadEnd {
    /// A folder of `gh` configuration whose socket nobody listens on.
    static func make(_ folder: String) throws {
        try Directory.make(folder, mode: 0o700)
        let config = Array("http_unix_socket: \(folder)/nobody\n".utf8)
        try AtomicFile.write(config, to: "\(folder)/config.yml", durability: .none)
    }
}
