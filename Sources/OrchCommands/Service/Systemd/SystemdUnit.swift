import OrchCore

/// The text of a service unit, read for what orch needs of it: the program, its user and environment.
struct SystemdUnit: Equatable {
    private(set) var program: String?
    private(set) var user: String?
    private(set) var environment: [String: String] = [:]
    private(set) var environmentFiles: [String] = []

    /// - Parameter texts: the unit, then its drop-ins, in the order in which systemd reads them.
    init(_ texts: [String]) {
        for text in texts { read(text) }
    }

    private mutating func read(_ text: String) {
        var isService = false
        for line in text.split(whereSeparator: \.isNewline) {
            if line.hasPrefix("[") { isService = line == "[Service]" }
            guard isService, !line.hasPrefix("#"), let equals = line.firstIndex(of: "=") else { continue }
            set(line[..<equals], to: line[line.index(after: equals)...])
        }
    }

    /// As in systemd.syntax(7), an empty value takes back what was set before.
    private mutating func set(_ key: Substring, to value: Substring) {
        switch key {
        case "ExecStart": program = SystemdWord.words(in: value).first
        case "User": user = value.isEmpty ? nil : String(value)
        case "Environment":
            if value.isEmpty { environment = [:] }
            for word in SystemdWord.words(in: value) {
                guard let equals = word.firstIndex(of: "=") else { continue }
                environment[String(word[..<equals])] = String(word[word.index(after: equals)...])
            }
        case "EnvironmentFile":
            if value.isEmpty { environmentFiles = [] }
            // The value is the whole line: only `%%` is undone.
            let path = value.drop { $0 == "-" }.split(separator: "%%", omittingEmptySubsequences: false)
            if !value.isEmpty { environmentFiles.append(path.joined(separator: "%")) }
        default: break
        }
    }
}
