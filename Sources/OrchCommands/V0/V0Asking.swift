import OrchAdapters
import OrchCore

/// What `init.sh` asks at a terminal.
struct V0Asking {
    let call: V0Call
    let directory: String

    /// 1. Whether GitHub at all, unless that is settled. 2. The repository. 3. The board: one by its id, one
    /// of those that there are, a new one, or none.
    func complete(_ wishes: inout V0Setup.Wishes, isConfigured: Bool) throws {
        guard isConfigured || says("Configure GitHub integration? (y/N): ") else { return }
        let found = wishes.repository ?? GitRemote.repository(of: directory)?.description
        let asked = ask("GitHub repo (owner/repo)\(found.map { " [\($0)]" } ?? ""): ")
        guard let repository = asked.isEmpty ? found : asked, !repository.isEmpty else { return }
        wishes.repository = repository
        wishes.isTold = true
        guard wishes.board == nil else { return }
        let id = ask("GitHub Project ID [auto-detect if blank]: ")
        wishes.board = id.isEmpty ? try chosen(for: repository) : id
    }

    /// - Returns: the id of a board; nil where there is to be none.
    private func chosen(for repository: String) throws -> String? {
        let boards = try V0Setup.boards(of: repository, call)
        do {
            let found = try V0Boards.all(boards)
            if !found.isEmpty {
                call.say("Detected GitHub Projects:")
                for (index, board) in found.enumerated() { call.say("  [\(index + 1)] \(board.text)") }
                call.say("  [n] Create new project")
                let answer = ask("Select project number to use [skip]: ")
                if let number = Int(answer), found.indices.contains(number - 1) {
                    return found[number - 1].board.id
                }
                guard answer.lowercased() == "n" else { return nil }
            }
            guard says("Create a new GitHub Project? (y/N): ") else { return nil }
            let name = ProjectSetup.name(of: directory)
            let title = ask("Project title [\(name)]: ")
            return try V0Boards.make(title.isEmpty ? name : title, for: repository, boards, call).id
        } catch let error as TrackerError {
            Console.err("Failed to look for projects: \(error.problem)")
            return nil
        }
    }

    func says(_ question: String) -> Bool { ask(question).lowercased() == "y" }

    func ask(_ question: String) -> String {
        Console.raw(question)
        return String((readLine() ?? "")[...].trimmingWhitespace())
    }
}
