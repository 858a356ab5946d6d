#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension Command {
    /// The variables a program is started with: exactly these.
    package struct Environment: Equatable, Hashable, Sendable, ExpressibleByDictionaryLiteral {
        package var values: [String: String]

        package init(_ values: [String: String] = [:]) {
            self.values = values
        }

        package init(dictionaryLiteral elements: (String, String)...) {
            // As with repeated setenv(3), the last one holds.
            values = Dictionary(elements) { _, last in last }
        }

        package subscript(name: String) -> String? {
            get { values[name] }
            set { values[name] = newValue }
        }

        /// The variables of this process with the given names, where set, and `added` over them.
        package static func inherit(only names: [String], adding added: [String: String] = [:]) -> Environment
        {
            let own = current().values
            let kept = names.compactMap { name in own[name].map { (name, $0) } }
            return Environment(Dictionary(kept + added.map { ($0.key, $0.value) }) { _, last in last })
        }

        /// All variables of this process. Bytes that are not UTF-8 are replaced.
        package static func current() -> Environment {
            var values: [String: String] = [:]
            #if canImport(Darwin)
                guard var entry = _NSGetEnviron().pointee else { return Environment() }
            #else
                var entry = environ
            #endif
            while let text = entry.pointee.map({ String(cString: $0) }) {
                let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                // Of a name that is there twice, getenv(3) sees the first.
                if parts.count == 2, values[String(parts[0])] == nil {
                    values[String(parts[0])] = String(parts[1])
                }
                entry += 1
            }
            return Environment(values)
        }
    }
}
