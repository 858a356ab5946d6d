import Platform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Ending a session of processes of which we are not the parent.
enum ProcessGroupEnd {
    /// How long processes may take to be gone after SIGKILL.
    private static let killPatience = Duration.seconds(5)

    /// SIGTERM to the leader's group, after `grace` SIGKILL to what is left of its session.
    ///
    /// The group is signalled only while its leader is proven to live, which keeps the number from being
    /// another's; who is left after that is known by identity, taken before the first signal.
    static func end(_ leader: ProcessIdentity, grace: Duration) {
        let members = ProcessRecord.all().map(\.pid)
            .filter { getsid($0) == leader.pid }
            .compactMap(ProcessIdentity.init(of:))
        guard leader.isAlive else { return }
        kill(-leader.pid, SIGTERM)
        // A stopped process does not see the signal before it is continued.
        kill(-leader.pid, SIGCONT)
        if isOver(members, within: grace) { return }
        for member in members where member.isAlive { kill(member.pid, SIGKILL) }
        if leader.isAlive { kill(-leader.pid, SIGKILL) }
        _ = isOver(members, within: killPatience)
    }

    private static func isOver(_ members: [ProcessIdentity], within patience: Duration) -> Bool {
        var wait = GrowingPause(patience: patience)
        while members.contains(where: \.isAlive) {
            guard wait.pause() else { return false }
        }
        return true
    }
}
