import OrchAdapters
import OrchCore
import Platform
import Template

/// The prompts: files named for their role (`system`, `agent`, `plan`), looked for from
/// the user's own to orch's.
struct PromptLibrary {
    /// The folders, best first.
    let folders: [String]

    private static let limitBytes = 1 << 20

    /// `$ORCH_PROMPTS`, `$ORCH_HOME/prompts`, then what came with the program: beside an installed one
    /// (`../share/orch/prompts`), or in the tree that it was built in.
    init(environment: [String: String], home: String) {
        var folders = [environment["ORCH_PROMPTS"], "\(home)/prompts"].compactMap { $0 }
        folders += InstalledFiles.folders(named: "prompts")
        self.folders = folders
    }

    func render(_ role: String, _ variables: [String: String]) throws(PromptError) -> String {
        for folder in folders {
            let path = "\(folder)/\(role).md"
            do {
                guard let bytes = try WholeFile.readIfPresent(path, limitBytes: Self.limitBytes) else {
                    continue
                }
                return try TemplateText(String(decoding: bytes, as: UTF8.self)).render(variables)
            } catch let error as SystemError {
                throw .broken(path: path, detail: error.problem)
            } catch {
                throw .broken(path: path, detail: String(describing: error))
            }
        }
        throw .missing(role: role, folders: folders)
    }
}
