import OrchAdapters
import Platform
import Subprocess

/// Which of the systems' timers serves here. The one place that tells the systems apart.
struct TimersChoice {
    let environment: [String: String]
    let wantsSystem: Bool
    /// Where `/run` and `/etc` are; for tests.
    var root = ""
    var find: ServiceTemplate.Finder = { InstalledFiles.file($0, in: $1) }

    /// - Returns: nil where there is nothing but cron.
    /// - Throws: `userManagerMissing` on a machine run by systemd, for a user who cannot reach their manager.
    func timers() throws(ServiceError) -> (any Timers)? {
        if isThere("launchctl") { return launchd }
        guard isThere("systemctl") else { return nil }
        let isBooted = FileStatus.ifPresent("\(root)/run/systemd/system")?.kind == .directory
        if wantsSystem { return isBooted ? systemd(.system, "\(root)/etc/systemd/system") : nil }
        if let folder = userFolder, hasUserManager { return systemd(.user, "\(folder)/systemd/user") }
        guard !isBooted else { throw .userManagerMissing(user: Account.current()?.name ?? "this user") }
        return nil
    }

    /// A manager listens on a socket of this name; its bus may be missing.
    private var hasUserManager: Bool {
        guard let runtime = environment["XDG_RUNTIME_DIR"] else { return false }
        return FileStatus.ifPresent("\(root)\(runtime)/systemd/private") != nil
    }

    private var userFolder: String? {
        environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
            ?? environment["HOME"].map { "\($0)/.config" }
    }

    private func systemd(_ manager: SystemdTimers.Manager, _ folder: String) -> SystemdTimers {
        SystemdTimers(manager: manager, folder: folder, environment: environment, find: find)
    }

    private var launchd: LaunchdTimers {
        let user = Account.current()
        let home = environment["HOME"] ?? user?.home ?? ""
        return LaunchdTimers(
            domain: wantsSystem ? "system" : "gui/\(user?.userID ?? 0)",
            folder: wantsSystem ? "/Library/LaunchDaemons" : "\(home)/Library/LaunchAgents",
            environment: environment, find: find)
    }

    private func isThere(_ program: String) -> Bool {
        ProgramSearch.find(program, path: environment["PATH"] ?? "") != nil
    }
}
