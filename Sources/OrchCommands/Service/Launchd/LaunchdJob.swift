/// A job's file as orch writes it, read for the program and its environment.
///
/// Not a reader of every property list: a file that somebody else has rewritten may say nothing here.
enum LaunchdJob {
    /// nil where no program is named.
    static func timer(in text: String) -> InstalledTimer? {
        guard let program = elements(of: "array", after: "ProgramArguments", in: text).first?.text else {
            return nil
        }
        var environment: [String: String] = [:]
        var name: String?
        for element in elements(of: "dict", after: "EnvironmentVariables", in: text) {
            if element.tag == "key" {
                name = element.text
            } else if let name {
                environment[name] = element.text
            }
        }
        return InstalledTimer(program: program, environment: environment)
    }

    /// The `<key>` and `<string>` lines of the container that follows a key.
    private static func elements(
        of container: String, after key: String, in text: String
    ) -> [(tag: String, text: String)] {
        let lines = text.split(separator: "\n").map { $0.drop { $0 == " " || $0 == "\t" } }
        guard let start = lines.firstIndex(of: "<key>\(key)</key>") else { return [] }
        return lines[start...].dropFirst(2).prefix { $0 != "</\(container)>" }.compactMap(element)
    }

    private static func element(_ line: Substring) -> (tag: String, text: String)? {
        for tag in ["key", "string"] where line.hasPrefix("<\(tag)>") && line.hasSuffix("</\(tag)>") {
            let text = line.dropFirst(tag.count + 2).dropLast(tag.count + 3)
            return (tag, PropertyListText.unescaped(text))
        }
        return nil
    }
}
