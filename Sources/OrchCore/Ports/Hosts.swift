/// The processes of orch itself.
package protocol Hosts {
    /// This process.
    var current: Owner { get }
    /// Whether exactly this process still runs; a zombie does not.
    func isAlive(_ owner: Owner) -> Bool
    /// Starts `orch run-host RUN` where it outlives this process.
    /// - Returns: the name of its session; nil where it runs without one.
    func start(_ run: Run, of project: Project) throws -> String?
    /// Ends whatever agent of this run still works, host or no host; nothing happens where none does.
    func endAgents(of run: Run)
    /// Wakes a host, so that it looks into the store at once; nothing happens where it is gone.
    func poke(_ owner: Owner)
}
