import Platform
import Subprocess
import Testing

@testable import OrchCommands

struct SystemdTimersTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func timers(_ manager: SystemdTimers.Manager = .user) -> SystemdTimers {
        SystemdTimers(
            manager: manager, folder: folder.path, environment: Command.Environment.current().values,
            find: ServiceSamples.find)
    }

    private func writeUnits(_ definition: ServiceDefinition) throws -> [String: String] {
        let files = ServiceSamples.files(try timers().installation(of: definition))
        for (path, text) in files { try AtomicFile.write(Array(text.utf8), to: path) }
        return files
    }

    @Test(.requires("systemd-analyze"), arguments: [nil, "daemon"])
    func `systemd has no complaint about the units`(user: String?) throws {
        let sample = ServiceSamples.difficult
        // verify looks for the program; the others of its paths need not exist.
        var definition = ServiceDefinition(
            program: "/bin/true", jobs: sample.jobs, user: user, environment: sample.environment,
            home: sample.home)
        definition.listener = ListenerPlaces(address: "127.0.0.1:8787", socket: "/home/a da/50%/s")
        let paths = try writeUnits(definition).keys.sorted()
        #expect(paths.count == 6)
        let manager = user == nil ? ["--user"] : ["--system"]
        let output = try Command("systemd-analyze", arguments: manager + ["verify"] + paths).with {
            $0.environment = Command.Environment.current()
            $0.environment.values["XDG_RUNTIME_DIR"] = folder.path
        }.run()
        // Its exit status is 0 for an unknown key, too.
        #expect(output.text + output.errorText == "")
        #expect(output.succeeded)
    }

    @Test func `the installed timer is read as it was written`() throws {
        let definition = ServiceSamples.difficult
        _ = try writeUnits(definition)
        let timer = try #require(try timers().installed("tick"))
        #expect(timer.program == definition.program)
        #expect(timer.environment == definition.environment)
        #expect(timer.environmentFiles == [definition.secretsFile])
    }

    @Test func `what a person has added with systemctl edit counts`() throws {
        _ = try writeUnits(ServiceSamples.difficult)
        try Directory.make("\(folder.path)/orch-tick.service.d")
        let text =
            "[Unit]\nEnvironment=NO=no\n[Service]\nEnvironment=LANG=de A=b\nEnvironmentFile=/etc/orch.env\n"
        try AtomicFile.write(Array(text.utf8), to: "\(folder.path)/orch-tick.service.d/override.conf")
        let timer = try #require(try timers().installed("tick"))
        #expect(timer.environment["LANG"] == "de")
        #expect(timer.environment["A"] == "b")
        #expect(timer.environment["NO"] == nil)
        #expect(timer.environmentFiles.last == "/etc/orch.env")
    }

    @Test func `where nothing is installed nothing is found or removed`() throws {
        #expect(try timers().installed("tick") == nil)
        #expect(timers().removal().isEmpty)
        #expect(try timers().status(of: "tick") == TimerStatus(command: "tick"))
    }

    @Test func `the units start at once, and again after the interval`() throws {
        let files = try writeUnits(ServiceSamples.difficult)
        let timer = try #require(files["\(folder.path)/orch-tick.timer"])
        #expect(timer.contains("\nOnActiveSec=1s\n"))
        #expect(timer.contains("\nOnUnitActiveSec=10s\n"))
        #expect(files["\(folder.path)/orch-sync.timer"]?.contains("\nOnUnitActiveSec=120s\n") == true)
    }

    @Test(arguments: ["tick", "sync"])
    func `a run that hangs is ended, and one that ends takes nothing along`(command: String) throws {
        let files = try writeUnits(ServiceSamples.difficult)
        let service = try #require(files["\(folder.path)/orch-\(command).service"])
        #expect(service.contains("\nTimeoutStartSec="))
        #expect(service.contains("\nKillMode=process\n"))
        #expect(service.contains("\nType=oneshot\n"))
        #expect(!service.contains("{{"))
    }

    @Test func `the manager is asked to read, enable and restart`() throws {
        let steps = try timers(.system).installation(of: ServiceSamples.difficult)
        #expect(
            ServiceSamples.commands(steps) == [
                "systemctl daemon-reload", "systemctl enable --quiet orch-tick.timer orch-sync.timer",
                "systemctl restart orch-tick.timer orch-sync.timer",
            ])
    }

    @Test func `a missing template is named`() {
        let broken = SystemdTimers(
            manager: .user, folder: folder.path, environment: [:], find: { _, _ in nil })
        #expect(throws: ServiceError.filesMissing("systemd/orch-tick.service")) {
            try broken.installation(of: ServiceSamples.difficult)
        }
    }

    @Test func `a command runs with all that the unit has`() {
        let timer = InstalledTimer(
            program: "/o", environment: ["B": "2 3", "A": "1"], environmentFiles: ["/e"])
        let command = timers().command(["/o", "doctor"], as: timer)
        #expect(
            command.arguments == [
                "--user", "--pipe", "--wait", "--collect", "--quiet", "--property=WorkingDirectory=/",
                "--setenv=A=1",
                "--setenv=B=2 3", "--property=EnvironmentFile=-/e", "--", "/o", "doctor",
            ])
    }

    @Test func `the system's timer is looked through as its user`() throws {
        let sample = ServiceSamples.difficult
        _ = try writeUnits(
            ServiceDefinition(
                program: sample.program, jobs: sample.jobs, user: "ada", environment: [:], home: sample.home))
        let timer = try #require(try timers(.system).installed("tick"))
        let command = timers(.system).command(["/o"], as: timer)
        #expect(command.arguments.first == "--property=User=ada")
        #expect(!command.arguments.contains("--user"))
    }
}
