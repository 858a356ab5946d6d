/// One number of many that the listener tells of itself, in the text format of Prometheus 0.0.4.
package struct Metric {
    package enum Kind: String {
        /// Only rises, until the listener is started anew.
        case counter
        case gauge
    }

    package struct Sample {
        package let labels: [(name: String, value: String)]
        package let value: Double

        package init(_ value: some BinaryInteger, _ labels: (name: String, value: String)...) {
            (self.value, self.labels) = (Double(value), labels)
        }
    }

    package let name: String
    package let kind: Kind
    /// One sentence.
    package let help: String
    package let samples: [Sample]

    package init(_ name: String, _ kind: Kind, _ help: String, _ samples: [Sample]) {
        (self.name, self.kind, self.help, self.samples) = (name, kind, help, samples)
    }

    /// Of one number without labels.
    package init(_ name: String, _ kind: Kind, _ help: String, _ value: some BinaryInteger) {
        self.init(name, kind, help, [Sample(value)])
    }

    static func text(_ metrics: [Metric]) -> String { metrics.map(\.text).joined() }

    private var text: String {
        var text = "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
        for sample in samples {
            let labels = sample.labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(
                separator: ",")
            text += name + (labels.isEmpty ? "" : "{\(labels)}") + " \(Self.number(sample.value))\n"
        }
        return text
    }

    private static func number(_ value: Double) -> String {
        Int(exactly: value).map(String.init) ?? String(value)
    }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { text, character in
            switch character {
            case "\\": text += "\\\\"
            case "\"": text += "\\\""
            case "\n": text += "\\n"
            default: text.append(character)
            }
        }
    }
}
