import Subprocess

extension Command {
    /// A program with a PATH and no locale.
    static func plain(_ program: String, _ arguments: String...) -> Command {
        Command(program, arguments: arguments).with {
            $0.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C"]
        }
    }
}

extension Child {
    /// The next line of its output, without the newline; nil when it ends or a minute passes first.
    mutating func line() throws -> String? {
        var bytes: [UInt8] = []
        var poll = EventPoll<Void>()
        while let descriptor = outputDescriptor {
            poll.watch(descriptor, for: .readable, as: ())
            guard try !poll.wait(timeout: .seconds(60)).isEmpty else { return nil }
            if case .bytes(let chunk) = readOutput() { bytes += chunk }
            if bytes.last == UInt8(ascii: "\n") { return String(decoding: bytes.dropLast(), as: UTF8.self) }
        }
        return nil
    }
}
