import JSON
import KitTesting
import OrchListener
import Testing

/// A script stands in for `orch`: it shows what it was given, and answers what it is told to.
@Suite struct VerbPerformerTests {
    private func performer(_ body: String, in folder: borrowing TemporaryFolder) throws -> VerbPerformer {
        let path = try folder.file("orch", "#!/bin/sh\n\(body)\n", mode: 0o755)
        return VerbPerformer(
            program: path, environment: ["PATH": "/usr/bin:/bin", "PROJECT_DIR": "/elsewhere"],
            directory: folder.path)
    }

    private let origin = VerbPerformer.Origin(actor: "telegram:1", request: "telegram-7")

    @Test func `orch is told who asks, by which message, and in no project`() throws {
        let folder = TemporaryFolder()
        let performer = try performer(
            #"printf '{"actor":"%s","request":"%s","project":"%s","said":"%s"}' "#
                + #""$ORCH_ACTOR" "$ORCH_REQUEST" "$PROJECT_DIR" "$(cat)""#, in: folder)
        let verb = Verb.say(try #require(TaskReference("i1")), words: "use postgres")
        #expect(
            performer.perform(verb, from: origin)
                == .done(
                    ["actor": "telegram:1", "request": "telegram-7", "project": "", "said": "use postgres"]))
    }

    @Test func `a refusal is told in orch's words`() throws {
        let folder = TemporaryFolder()
        let performer = try performer(
            #"echo 'Fetching …' >&2; echo '{"error":"nothing runs for task 9","fix":"look"}' >&2; exit 1"#,
            in: folder)
        let outcome = performer.perform(.status(project: nil), from: origin)
        #expect(outcome == .failed(problem: "nothing runs for task 9", fix: "look", status: 1))
    }

    @Test func `what is no answer is a failure with what was said`() throws {
        let folder = TemporaryFolder()
        let broken = try performer("echo 'segmentation fault' >&2; exit 139", in: folder)
        #expect(
            broken.perform(.status(project: nil), from: origin)
                == .failed(problem: "segmentation fault", fix: "`orch doctor` looks into it", status: 139))
        let garbled = try performer("echo '{\"a\":'", in: folder)
        guard case .failed(_, _, status: 0) = garbled.perform(.status(project: nil), from: origin) else {
            Issue.record("half an answer is none")
            return
        }
    }

    @Test func `an orch that is not there is said`() {
        let performer = VerbPerformer(program: "/nonexistent/orch", environment: [:], directory: "/")
        guard case .failed(let problem, _, nil) = performer.perform(.status(project: nil), from: origin)
        else {
            Issue.record("nothing can have been done")
            return
        }
        #expect(problem.contains("/nonexistent/orch"))
    }
}
