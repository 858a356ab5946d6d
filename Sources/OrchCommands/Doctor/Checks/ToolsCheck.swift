import OrchCore

/// Whether the programs that a project asks for (`required_tools`) are there.
struct ToolsCheck: DoctorCheck {
    static let name = "tools"

    let facts: DoctorFacts

    func findings() -> [Finding] {
        facts.projects.flatMap { project in
            project.settings.requiredTools.filter { facts.program($0) == nil }.map { tool in
                .problem(
                    Self.name, "\(project.name) requires “\(tool)”, which is not on PATH",
                    fix: DoctorAdvice.install(tool) + ", or take it out of `required_tools`")
            }
        }
    }
}
