import JSON
import KitTesting
import Platform
import Subprocess
import Testing

@testable import OrchCommands

struct LaunchdTimersTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private var timers: LaunchdTimers {
        LaunchdTimers(
            domain: "gui/501", folder: folder.path, environment: ["HOME": "/Users/ada", "PATH": "/usr/bin"],
            find: ServiceSamples.find)
    }

    private func write(_ definition: ServiceDefinition) throws {
        for (path, text) in ServiceSamples.files(try timers.installation(of: definition)) {
            try AtomicFile.write(Array(text.utf8), to: path)
        }
    }

    /// Python's plistlib reads property lists as Apple's own library does.
    private func parsed(_ name: String) throws -> JSONValue {
        let script = "import json, plistlib, sys; print(json.dumps(plistlib.load(open(sys.argv[1], 'rb'))))"
        let output = try Command("python3", "-c", script, "\(folder.path)/\(name)").with {
            $0.environment = Command.Environment.current()
        }.run()
        try #require(output.succeeded, "\(output.errorText)")
        return try JSONValue(parsing: output.standardOutput)
    }

    @Test(.requires("python3"), arguments: [("tick", 10), ("sync", 120)])
    func `a job is a property list that says what to start, how often and with what`(
        command: String, seconds: Int64
    ) throws {
        let definition = ServiceSamples.difficult
        try write(definition)
        let job = try parsed("com.orch.\(command).plist")
        #expect(job["Label"].string == "com.orch.\(command)")
        #expect(job["ProgramArguments"] == [.string(definition.program), .string(command)])
        #expect(job["StartInterval"] == .int(seconds))
        #expect(job["RunAtLoad"] == true)
        #expect(job["AbandonProcessGroup"] == true)
        #expect(job["ProcessType"] == "Background")
        #expect(job["StandardErrorPath"].string == "\(definition.home)/\(command).log")
        var environment = definition.environment.mapValues { JSONValue.string($0) }
        environment["ORCH_SERVICE_ENV"] = .string(definition.secretsFile)
        #expect(job["EnvironmentVariables"].object == JSONObject(environment.map { ($0.key, $0.value) }))
        #expect(job["UserName"].isNull)
    }

    @Test(.requires("python3"))
    func `a daemon names its user`() throws {
        let sample = ServiceSamples.difficult
        try write(
            ServiceDefinition(
                program: sample.program, jobs: sample.jobs, user: "ada", environment: [:], home: sample.home))
        #expect(try parsed("com.orch.tick.plist")["UserName"] == "ada")
    }

    @Test func `the installed job is read as it was written`() throws {
        let definition = ServiceSamples.difficult
        try write(definition)
        let timer = try #require(try timers.installed("tick"))
        var environment = definition.environment
        environment["ORCH_SERVICE_ENV"] = definition.secretsFile
        #expect(timer == InstalledTimer(program: definition.program, environment: environment))
    }

    @Test func `a loaded job is taken out before it is loaded again`() throws {
        let commands = ServiceSamples.commands(try timers.installation(of: ServiceSamples.difficult))
        #expect(
            commands.prefix(2) == [
                "launchctl bootout gui/501/com.orch.tick",
                "launchctl bootstrap gui/501 \(folder.path)/com.orch.tick.plist",
            ])
    }

    @Test(arguments: [true, false])
    func `a job that is loaded as it should be is left alone`(isLoaded: Bool) throws {
        let tick = ServiceDefinition(
            program: "/o", jobs: [ServiceJob(command: "tick", interval: .seconds(10))], user: nil,
            environment: [:],
            home: "/h")
        try write(tick)
        let script = "#!/bin/sh\n[ $1 = print ] && exit \(isLoaded ? 0 : 113)\n"
        try Executable.write(script, to: "\(folder.path)/launchctl")
        let found = LaunchdTimers(
            domain: "gui/501", folder: folder.path, environment: ["PATH": "\(folder.path):/usr/bin:/bin"],
            find: ServiceSamples.find)
        let steps = try found.installation(of: tick)
        #expect(ServiceSamples.commands(steps).count == (isLoaded ? 0 : 2))
        #expect(ServiceSamples.files(steps).count == 1)
    }

    @Test(arguments: [
        ("", nil), ("\tlast exit code = 0\n", nil), ("\tlast exit code = (never exited)\n", nil),
        ("state = waiting\n\tlast exit code = 78: EX_CONFIG\n", "exit status 78"),
    ])
    func `launchctl's words tell how the last run ended`(text: String, failure: String?) {
        #expect(LaunchdTimers.lastFailure(in: text) == failure)
    }

    @Test func `a command runs with what the job has, and nothing of a shell's`() {
        let timer = InstalledTimer(program: "/o", environment: ["PATH": "/installed"])
        let command = timers.command(["/o", "doctor"], as: timer)
        #expect(command.program == "/o")
        #expect(command.environment.values == ["PATH": "/installed", "HOME": "/Users/ada"])
        #expect(command.workingDirectory == "/")
    }
}
