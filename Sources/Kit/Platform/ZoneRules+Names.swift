#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Why the rules of a zone cannot be had.
package enum ZoneError: Error, Equatable, Sendable {
    case unknown(name: String)
    case unreadable(path: String)

    package var problem: String {
        switch self {
        case .unknown(let name): "time zone “\(name)” is unknown here"
        case .unreadable(let path): "time zone file “\(path)” is not valid"
        }
    }

    package var fix: String {
        switch self {
        case .unknown:
            "use a name such as Europe/Berlin, and install the system's zone files (package tzdata)"
        case .unreadable: "reinstall the system's zone files (package tzdata)"
        }
    }
}

extension ZoneRules {
    /// Where systems keep zone files.
    private static let folders = ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/var/db/timezone/zoneinfo"]
    /// The largest known zone file has 4 kB.
    private static let fileLimitBytes = 256 * 1024

    /// The rules of a zone of the IANA database, such as `Europe/Berlin`. `UTC` needs no files.
    package static func named(_ name: String) throws(ZoneError) -> ZoneRules {
        if name == "UTC" || name == "Etc/UTC" { return .utc }
        guard isZoneName(name) else { throw .unknown(name: name) }
        for folder in folders {
            if let rules = try file("\(folder)/\(name)", name: name) { return rules }
        }
        throw .unknown(name: name)
    }

    /// The rules of this machine, as tzset(3) finds them: the variable `TZ`, else `/etc/localtime`, else UTC.
    ///
    /// - Parameter variable: the value of `TZ`: a name, a path, or a rule in POSIX form, with or without a
    ///   leading colon; empty means UTC, nil that it is not set.
    package static func local(variable: String?) throws(ZoneError) -> ZoneRules {
        guard let variable else { return try file("/etc/localtime", name: "localtime") ?? .utc }
        let value = variable.hasPrefix(":") ? String(variable.dropFirst()) : variable
        if value.isEmpty { return .utc }
        if value.hasPrefix("/") {
            guard let rules = try file(value, name: value) else { throw .unknown(name: value) }
            return rules
        }
        do {
            return try named(value)
        } catch {
            guard case .unknown = error, let rule = PosixZoneRule(value) else { throw error }
            return ZoneRules(name: value, changes: [], offsets: [], initial: rule.standard, rule: rule)
        }
    }

    /// Letters, digits and `+-_` in parts joined by single slashes: nothing that leaves the zone folder.
    private static func isZoneName(_ name: String) -> Bool {
        let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return parts.allSatisfy { part in
            !part.isEmpty
                && part.allSatisfy { byte in
                    switch byte {
                    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
                    case UInt8(ascii: "0")...UInt8(ascii: "9"): true
                    default: "+-_".utf8.contains(byte)
                    }
                }
        }
    }

    /// Nil when there is no such file.
    private static func file(_ path: String, name: String) throws(ZoneError) -> ZoneRules? {
        let bytes: [UInt8]?
        do {
            bytes = try WholeFile.readIfPresent(path, limitBytes: fileLimitBytes)
        } catch  where error.code == EISDIR {
            return nil
        } catch {
            throw .unreadable(path: path)
        }
        guard let bytes else { return nil }
        guard let rules = ZoneRules(name: name, zoneFile: bytes) else { throw .unreadable(path: path) }
        return rules
    }
}
