package import JSON

/// How an agent is to go about a task, as routing decided: v0's profile and selected skills, and why.
package struct TaskProfile: Equatable, Sendable {
    package static let standardRole = "general"

    package var role = standardRole
    package var skills: [String] = []
    package var tools: [String] = []
    package var constraints: [String] = []
    /// Skills of the catalogue that the agent is told to use.
    package var selectedSkills: [String] = []
    /// Why this agent, in one sentence.
    package var reason = ""
    /// What looks odd about the choice; empty where nothing does.
    package var warning = ""

    package init() {}

    /// What an agent is told: v0's four members.
    package var shown: JSONValue {
        .object([
            "role": .string(role), "skills": Self.list(skills), "tools": Self.list(tools),
            "constraints": Self.list(constraints),
        ])
    }

    /// Whether that is worth an agent's attention: turns and labels choose without a word about how.
    package var saysSomething: Bool { shown != TaskProfile().shown }

    /// All of it, for a row.
    package var json: JSONValue {
        var object = shown.object ?? [:]
        object["selected_skills"] = Self.list(selectedSkills)
        object["reason"] = .string(reason)
        object["warning"] = .string(warning)
        return .object(object)
    }

    /// Reads both; what is missing or of another kind is as in a new profile.
    package init(_ value: JSONValue) {
        func texts(_ name: String) -> [String] { (value[name].array ?? []).compactMap(\.string) }
        if let role = value["role"].string, !role.isEmpty { self.role = role }
        skills = texts("skills")
        tools = texts("tools")
        constraints = texts("constraints")
        selectedSkills = texts("selected_skills")
        reason = value["reason"].string ?? ""
        warning = value["warning"].string ?? ""
    }

    private static func list(_ items: [String]) -> JSONValue { .array(items.map { .string($0) }) }
}
