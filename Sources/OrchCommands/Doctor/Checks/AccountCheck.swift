import Platform

/// Who orch, and so every agent, runs as.
struct AccountCheck: DoctorCheck {
    static let name = "account"

    let account: Account?

    func findings() -> [Finding] {
        guard let account else {
            return [
                .problem(
                    Self.name, "this user has no name",
                    fix: "add the user to /etc/passwd, or set LOGNAME and HOME")
            ]
        }
        if account.isRoot {
            return [
                .warning(
                    Self.name,
                    "orch runs as root, and so does every agent; claude refuses to work unattended then",
                    fix: "run orch as a user of its own")
            ]
        }
        return [.ok(Self.name, "runs as \(account.name)")]
    }
}
