import Arguments
import OrchAdapters
import OrchCore
import Platform
import Subprocess

/// `orch project add`: a repository on disk, or one on GitHub that is cloned first.
enum ProjectAddCommand: Subcommand {
    static let table = CommandTable("add", "Add a repository: a directory, or one on GitHub") {
        Positional(
            "repository", "A directory, OWNER/REPO or a URL; else the directory here", .optional, .directory)
        Option("name", "NAME", "What it is called; the folder's name otherwise")
    }
    .discussion("A repository on GitHub is cloned, bare, into orch's home; agents work in worktrees of it.")
    .example("orch project add ~/src/app", "A checkout on this machine.")
    .example("orch project add octo/app", "A clone of orch's own.")

    static func run(_ context: Context) throws -> Int32 {
        let wanted = context.arguments.value("repository") ?? WorkingDirectory.current()
        let directory: String
        if FileStatus.ifPresent(wanted)?.kind == .directory {
            directory = wanted
        } else if let slug = RepositorySlug(wanted) ?? GitRemote.slug(of: wanted) {
            let clone = BareClone(slug: slug, home: context.home, environment: context.environment)
            directory = try clone.make(try context.store())
        } else {
            throw UsageError(
                problem: "“\(wanted)” is neither a directory nor a repository on GitHub",
                fix: "give a directory, or OWNER/REPO")
        }
        guard let place = GitPlace(around: directory) else {
            throw RepositoryError.notARepository(path: directory)
        }
        try ProjectSetup(place: place, context: context).finish(name: context.arguments.value("name"))
        return 0
    }
}
