import JSON

/// What a router answers about a task.
package struct RouteChoice: Equatable, Sendable {
    package var executor: AgentName
    package var complexity: Complexity
    package var profile: TaskProfile

    package init(executor: AgentName, complexity: Complexity = .assumed, profile: TaskProfile) {
        self.executor = executor
        self.complexity = complexity
        self.profile = profile
    }

    /// As a router writes it, for a run's row; `RouteReading` reads it back.
    package var text: String {
        var object = profile.json.object ?? [:]
        object["executor"] = .string(executor.rawValue)
        object["complexity"] = .string(complexity.rawValue)
        object["profile"] = profile.shown
        return JSONValue.object(object).text()
    }
}

/// Reads a router's answer, in the same wrappings as every agent's (`AnswerReading`).
package enum RouteReading {
    /// Names and remarks of a router; more is no answer.
    private static let itemLimit = 30
    private static let itemLimitBytes = 200
    private static let reasonLimitBytes = 500

    /// The last object that names an executor; nil where there is none: what cannot be read chooses nobody.
    package static func choice(in text: String) -> RouteChoice? {
        // Too large counts as unreadable.
        let objects =
            (try? JSONSearch.objects(in: Array(text.utf8), limitBytes: AnswerReading.limitBytes)) ?? []
        return objects.lazy.reversed().compactMap(choice).first
    }

    private static func choice(_ object: JSONObject) -> RouteChoice? {
        guard let word = object["executor"]?.string,
            let executor = AgentName(word.trimmed.lowercased())
        else { return nil }
        let given = object["profile"] ?? .null
        var profile = TaskProfile()
        let role = AnswerFields.text(given["role"]).firstLine.clipped(toBytes: itemLimitBytes)
        if !role.isEmpty { profile.role = role }
        profile.skills = list(given["skills"])
        profile.tools = list(given["tools"])
        profile.constraints = list(given["constraints"])
        profile.selectedSkills = list(object["selected_skills"])
        profile.reason = AnswerFields.text(object["reason"] ?? .null).firstLine.clipped(
            toBytes: reasonLimitBytes)
        profile.warning = AnswerFields.text(object["warning"] ?? .null).firstLine.clipped(
            toBytes: reasonLimitBytes)
        let level = object["complexity"]?.string.flatMap { Complexity(rawValue: $0.lowercased()) }
        return RouteChoice(executor: executor, complexity: level ?? .assumed, profile: profile)
    }

    private static func list(_ value: JSONValue?) -> [String] {
        AnswerFields.list(value).prefix(itemLimit).map { $0.firstLine.clipped(toBytes: itemLimitBytes) }
    }
}
