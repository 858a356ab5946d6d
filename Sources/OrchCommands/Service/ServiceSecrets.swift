import Platform

/// `service.env` in orch's home: what a timer needs and a login does not provide, such as GH_TOKEN; a
/// NAME=VALUE a line.
///
/// systemd reads such a file itself. For launchd and cron, which do not, orch does when `variable` names it.
enum ServiceSecrets {
    /// Set by timers that leave the reading to orch.
    static let variable = "ORCH_SERVICE_ENV"

    /// Far more than any file of secrets.
    private static let limitBytes = 1 << 20

    static func file(in home: String) -> String { "\(home)/service.env" }

    /// The environment with what the file adds; it replaces nothing, and need not exist.
    static func added(to environment: [String: String]) throws(SystemError) -> [String: String] {
        guard let path = environment[variable],
            let bytes = try WholeFile.readIfPresent(path, limitBytes: limitBytes)
        else { return environment }
        return environment.merging(variables(in: String(decoding: bytes, as: UTF8.self))) { own, _ in own }
    }

    /// The environment with what the home's own file adds: for what has its secrets there whoever starts it,
    /// such as the listener in a terminal.
    static func added(
        to environment: [String: String], ofHome home: String
    ) throws(SystemError) -> [String: String] {
        let isTold = environment[variable] != nil
        var all = try added(to: isTold ? environment : environment.merging([variable: file(in: home)]) { $1 })
        if !isTold { all[variable] = nil }
        return all
    }

    /// As systemd.exec(5) reads an `EnvironmentFile=`: `#` and `;` begin comments, and quotes around a value
    /// are taken off.
    static func variables(in text: String) -> [String: String] {
        var variables: [String: String] = [:]
        for line in text.split(whereSeparator: \.isNewline) {
            let line = line.drop { $0 == " " || $0 == "\t" }
            guard let equals = line.firstIndex(of: "="), line.first != "#", line.first != ";" else {
                continue
            }
            var value = line[line.index(after: equals)...].trimmingBlanks
            if let quote = value.first, quote == "\"" || quote == "'", value.count > 1, value.last == quote {
                value = value.dropFirst().dropLast()
            }
            variables[String(line[..<equals].trimmingBlanks)] = String(value)
        }
        return variables
    }
}

extension Substring {
    fileprivate var trimmingBlanks: Substring {
        let isBlank = { (character: Character) in character == " " || character == "\t" }
        var rest = drop(while: isBlank)
        while let last = rest.last, isBlank(last) { rest = rest.dropLast() }
        return rest
    }
}
