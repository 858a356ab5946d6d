import OrchCore
import Subprocess

/// What git is started with: an allow-list of the caller's variables, less those that would change what a
/// command means, and with gh's login only where there is a remote to show it to.
struct GitEnvironment: Equatable {
    enum Reach {
        /// No network. Hooks and filters run, some of which an agent may have written: no secrets.
        case local
        /// Fetch, push and listing; hooks are off.
        case network
    }

    private let common: [String: String]
    private let login: [String: String]
    private let credentials: [String: String]

    init(_ variables: [String: String]) {
        let kept = variables.filter { name, _ in
            ToolVariables.contains(name) || Self.prefixes.contains { name.hasPrefix($0) }
        }
        common = kept.filter { name, _ in
            !Self.redirecting.contains(name) && !Self.secretEndings.contains { name.hasSuffix($0) }
        }
        .merging(Self.unattended) { _, ours in ours }
        // gh's credential helper looks here before it reads its own file.
        login = variables.filter { VariableNames.gitHubTokens.contains($0.key) }
        credentials = ProgramSearch.find("gh", path: variables["PATH"] ?? "") == nil ? [:] : Self.askGitHubCLI
    }

    func variables(_ reach: Reach) -> [String: String] {
        switch reach {
        case .local: common
        case .network: common.merging(login) { own, _ in own }.merging(credentials) { _, ours in ours }
        }
    }

    /// Nobody is there to answer, and messages are read: `LANGUAGE` has them in English and leaves the
    /// encoding alone, which `LC_ALL=C` would not.
    private static let unattended = [
        "GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "", "SSH_ASKPASS_REQUIRE": "never", "GIT_EDITOR": "true",
        "GIT_OPTIONAL_LOCKS": "0", "LANGUAGE": "en", "GIT_PAGER": "cat",
    ]

    /// As `gh auth setup-git` has it: gh's login for https://github.com and nothing else; an empty helper
    /// first drops those configured for other uses. By environment, so that it counts for that host only
    /// and in every remote's case.
    private static let askGitHubCLI = [
        "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_0": "credential.https://github.com.helper", "GIT_CONFIG_VALUE_0": "",
        "GIT_CONFIG_KEY_1": "credential.https://github.com.helper",
        "GIT_CONFIG_VALUE_1": "!gh auth git-credential",
    ]

    /// `git rev-parse --local-env-vars`, and who commits: set where orch is started from a hook or an alias
    /// of git's.
    private static let redirecting: Set = [
        "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CONFIG", "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT",
        "GIT_OBJECT_DIRECTORY", "GIT_DIR", "GIT_WORK_TREE", "GIT_IMPLICIT_WORK_TREE", "GIT_GRAFT_FILE",
        "GIT_INDEX_FILE", "GIT_NO_REPLACE_OBJECTS", "GIT_REPLACE_REF_BASE", "GIT_PREFIX", "GIT_SHALLOW_FILE",
        "GIT_COMMON_DIR", "GIT_INTERNAL_SUPER_PREFIX", "GIT_NAMESPACE", "GIT_LITERAL_PATHSPECS",
        "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_AUTHOR_DATE",
        "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "GIT_COMMITTER_DATE",
    ]

    /// What git, ssh and gh themselves read.
    private static let prefixes = ["GIT_", "SSH_", "GH_", "GPG_"]

    /// By how such variables are called everywhere.
    private static let secretEndings = ["TOKEN", "_KEY", "SECRET", "PASSWORD", "PASSPHRASE", "CREDENTIALS"]
}
