import HTTP
import OrchAdapters
import OrchCore
import Platform
import Reactor
import Subprocess

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// `orch listen`: one thread that hears everything, and the parts that hang on it.
///
/// It never acts itself. What it hears becomes a row or a run of `orch`; what it shows is read from the store
/// and the logs. Everything here belongs to the loop's thread; what would make it wait is a `Worker`'s.
final class Listener {
    let environment: [String: String]
    let log: ListenerLog
    let home: HomePaths
    let settings: Settings.Listen
    let loop: EventLoop
    let store: SQLiteStore
    let site = Site()
    /// What `orch` is run by, for verbs and for whatever else people wait for.
    let worker: Worker
    let projects: ProjectList
    let hub: StreamHub
    let desk: VerbDesk
    private let api: API
    private(set) var servers: [HTTPServer] = []

    private let lock: ListenerLock
    private let pulse: Pulse
    private let storeLog: StoreLog
    private let errands: Errands
    private let webhooks: WebhookDesk?
    private var chats: [ChatLine] = []
    private var isStopping = false

    /// What people wait for is done side by side, as many as a small machine has cores for; what waits beyond
    /// that is refused.
    private static let workerThreads = 4
    private static let workerLimit = 64
    /// What is under way when it is told to stop has so long to come to its end. systemd waits 90 s.
    private static let drainLimit = Duration.seconds(10)

    /// By then the chats are heard, if they can be.
    private static let settlingTime = Duration.seconds(10)

    /// How long a transaction of somebody else's is waited for: all that the listener does waits with it.
    private static let storePatience = Duration.seconds(2)

    /// 1. Read the configuration, the global one. 2. See that no other listener runs here. 3. Open the store.
    /// 4. Put together what is answered. Nothing is heard before `run`.
    ///
    /// - Throws: where webhooks are on without a secret: unsigned ones are never taken in.
    init(environment: [String: String], log: ListenerLog) throws {
        self.environment = environment
        self.log = log
        home = try HomePaths(environment: environment)
        settings = try Configuration.read(home, project: nil, environment: environment).checked().listen
        let secret = settings.webhooks ? try WebhookSecret.read(settings, home: home.home) : nil
        let token = try APIToken.read(settings)
        lock = try ListenerLock(home: home.home)
        store = try SQLiteStore(
            path: home.database, patience: Self.storePatience, logPages: StoreLog.limitPages)
        loop = try EventLoop()
        storeLog = StoreLog(store: store, loop: loop)
        errands = Errands(
            loop: loop, log: log, program: OwnProgram.orch, environment: environment, directory: home.home)
        pulse = try Pulse(
            store: store, loop: loop, environment: environment, hearsGitHub: settings.webhooks, now: Self.now)
        worker = try Worker(on: loop, named: "orch", threads: Self.workerThreads, limit: Self.workerLimit)
        // What it knows that nobody else is to see, not even in an agent's output.
        let own = [token, secret ?? settings.webhookSecret].filter { !$0.isEmpty }
        projects = ProjectList(
            environment: environment, ownSecrets: own + Self.chatSecrets(home, environment))
        hub = StreamHub(store: store) { [projects] _ in projects.redaction }
        let handedDown = environment.filter { !Supervisor.variables.contains($0.key) }
        desk = try VerbDesk(Self.performer(home, handedDown), on: worker) { [store] in
            // A store that cannot be read tells of itself where it is needed.
            try? store.changeStamp()
        }
        api = API(
            store: store, projects: projects, hub: hub, desk: desk, loop: loop,
            epoch: String(UInt64.random(in: .min ... .max), radix: 16))
        site.gate = APIGate(token: token, hosts: settings.hosts)
        webhooks = try secret.map { [home, store, loop, errands] secret in
            let echoes = Echoes(store: store, registry: .init(home: home, environment: environment))
            return try WebhookDesk(
                secret: secret, store: store, echoes: echoes, loop: loop, follow: errands.follow)
        }
        addRoutes()
    }

    private func addRoutes() {
        let startedAt = Self.now()
        let status = StatusRoutes(
            unreadiness: { [unowned self] in unreadiness },
            metrics: { [unowned self] in
                ListenerMetrics.all(
                    servers: servers, desk: webhooks, errands: errands, store: store, startedAt: startedAt)
            })
        site.add(status.routes)
        if let webhooks { site.add([webhooks.route]) }
        site.add(api.routes)
        site.add(PageRoutes.routes(folder: InstalledFiles.folders(named: "page").first))
    }

    private var unreadiness: String? {
        if isStopping { return "stopping" }
        return pulse.problem.map { "the store cannot be written: \($0.problem)" }
    }

    /// Listens until it is told to stop.
    ///
    /// - Returns: 0 once everything that was under way has come to its end.
    func run() throws -> Int32 {
        try open()
        // A terminal that is closed ends it in order too, unless it was started to outlive that (nohup).
        let hangup = SignalPipe.isIgnored(SIGHUP) ? [] : [SIGHUP]
        let signals = try loop.onSignals([SIGTERM, SIGINT] + hangup) { [unowned self] _ in stop() }
        pulse.start()
        storeLog.start()
        chats = try startedChats()
        Supervisor.notify("READY=1", environment)
        loop.after(Self.settlingTime) { ResidentMemory.releaseCode() }
        try loop.run()
        withExtendedLifetime(signals) {}
        return 0
    }

    static func now() -> Timestamp { Timestamp(seconds: Int(WallClock.unixSeconds())) }

    /// Each socket has a server of its own, so that a crowd at one does not keep people from the other.
    private func open() throws {
        for socket in Supervisor.takeSockets(environment) {
            try listen(ListeningSocket(inherited: socket.take()))
        }
        if servers.isEmpty {
            for address in try addresses() {
                do throws(SystemError) {
                    try listen(ListeningSocket(address))
                } catch {
                    throw ListenerError.cannotListen(at: address.description, error)
                }
            }
        }
    }

    private func addresses() throws(ListenerError) -> [HTTPAddress] {
        let path = settings.socket.isEmpty ? "\(home.home)/listen.sock" : settings.socket
        let socket = HTTPAddress.unix(path: path)
        if settings.address.isEmpty { return [socket] }
        guard let address = HTTPAddress(tcp: settings.address) else {
            throw .addressUnreadable(settings.address)
        }
        return [socket, address]
    }

    private func listen(_ socket: consuming ListeningSocket) throws(SystemError) {
        let server = HTTPServer(on: loop, handler: site, now: { Int64(Self.now().seconds) })
        log.note("listening at \(socket.address)")
        if !socket.address.isLocal { log.note("\(socket.address) can be reached from other machines") }
        if case .tcp = socket.address {
            log.note(
                settings.token.isEmpty
                    ? "the page and the API are closed there; `listen.token` opens them"
                    : "the page is at http://\(socket.address)/")
        }
        try server.listen(on: socket)
        servers.append(server)
    }

    /// 1. Take nothing new. 2. Serve what has come. 3. End. A second signal does not wait.
    private func stop() {
        guard !isStopping else { return loop.stop() }
        isStopping = true
        Supervisor.notify("STOPPING=1", environment)
        log.note("stopping")
        api.stop()
        var open = servers.count
        for server in servers {
            server.drain(within: Self.drainLimit) { [loop] in
                open -= 1
                if open == 0 { loop.stop() }
            }
        }
    }
}
