import JSON
import OrchCore

/// The slash commands that the bot offers, the same words as everywhere:
/// https://discord.com/developers/docs/interactions/application-commands
enum DiscordCommands {
    private struct Argument {
        let name: String
        let about: String
        var isRequired = true

        static let task = Argument(
            name: "id", about: "the task, such as 42 or site/42; here its own if left out")
        static let project = Argument(name: "project", about: "the project; all if left out").optional

        var optional: Argument { Argument(name: name, about: about, isRequired: false) }

        var json: JSONValue {
            [
                // A string.
                "type": 3, "name": .string(name), "description": .string(about),
                "required": .bool(isRequired),
            ]
        }
    }

    private static let all: [(name: String, about: String, arguments: [Argument])] = [
        ("new", "Create a task", [Argument(name: "title", about: "what is to be done")]),
        ("list", "Show the open tasks", [.project]),
        ("status", "Show what runs and what waits", [.project]),
        ("show", "Show a task", [.task.optional]),
        ("why", "Tell why a task does not go on", [.task.optional]),
        ("watch", "Show a task's live output here", [.task.optional]),
        ("unwatch", "Stop showing live output here", [.task.optional]),
        (
            "say", "Tell a task's agent something",
            [.task.optional, Argument(name: "text", about: "the words")]
        ),
        ("retry", "Start a task anew", [.task.optional]),
        ("unblock", "Let a blocked task go on", [.task.optional]),
        (
            "assign", "Give a task to an agent",
            [.task.optional, Argument(name: "agent", about: "the agent's name")]
        ),
        ("kill", "End a task's agent; asks first", [.task.optional]),
        ("approve", "Approve a task's pull request; asks first", [.task.optional]),
        ("merge", "Merge a task's pull request; asks first", [.task.optional]),
        ("pause", "Start nothing new", [.project]),
        ("resume", "Go on after a pause", [.project]),
        ("waiting", "Show what waits and why", [.project]),
        ("cost", "Show what was spent", [.project]),
        ("jobs", "Show the jobs and when they are due", [.project]),
        ("use", "Say which project is meant here", [.project]),
        ("help", "Show what can be said", []), ("yes", "Confirm what was asked", []),
        ("no", "Decline what was asked", []),
    ]

    /// Their names, for a test that holds them to the grammar of chats.
    static var names: [String] { all.map(\.name) }

    /// What replaces the bot's commands, all at once.
    static var registration: JSONValue {
        .array(
            all.map { command in
                [
                    "name": .string(command.name), "description": .string(command.about), "type": 1,
                    // Discord wants those first that are required.
                    "options": .array(
                        (command.arguments.filter(\.isRequired) + command.arguments.filter { !$0.isRequired })
                            .map(\.json)),
                ]
            })
    }

    /// A command as somebody would have typed it: `/assign 42 codex`.
    ///
    /// - Parameter data: of an interaction.
    /// - Returns: nil for what is no slash command.
    static func typed(_ data: JSONValue) -> String? {
        guard data["type"].int ?? 1 == 1, let name = data["name"].string else { return nil }
        let given = data["options"].array ?? []
        // In the order of the words, in which Discord need not send them.
        let order = all.first { $0.name == name }?.arguments.map(\.name) ?? []
        let values = order.compactMap { argument -> String? in
            let value = given.first { $0["name"].string == argument }?["value"].string
            return argument == "id" ? value.map(marked) : value
        }
        return (["/" + name] + values).joined(separator: " ")
    }

    /// A number that is certainly a task's: in its own thread `/say 3 files are missing` begins with words.
    private static func marked(_ id: String) -> String {
        id.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? "#" + id : id
    }
}
