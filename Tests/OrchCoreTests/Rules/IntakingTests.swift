import OrchCore
import Testing

@Suite struct IntakingTests {
    private func isAdmitted(_ author: String, allowed: [String] = [], writers: Set<String> = []) -> Bool {
        let stranger = task(1) {
            $0.author = author
            $0.isTrusted = nil
        }
        let snapshot = snapshot([stranger]) { $0.workflow.allowedAuthors = allowed }
            .with { $0.writers[app] = writers }
        return Intaking.decide(snapshot) == [.admit(issue(1))]
    }

    @Test(arguments: ["", "eve", "octo-bot", "xocto", "octocat", "[bot]", "octo[bot]", "github-actions[bot]"])
    func `nobody but the owner may drive orch by default`(author: String) {
        #expect(!isAdmitted(author))
    }

    @Test(arguments: ["octo", "Octo", "OCTO"])
    func `the owner may, in whatever case GitHub spells the name`(author: String) {
        #expect(isAdmitted(author))
    }

    @Test func `whoever is listed or may write may`() {
        #expect(isAdmitted("Alice", allowed: ["alice"]))
        #expect(isAdmitted("alice", writers: ["Alice"]))
    }

    @Test func `a bot that may write may not, unless it is listed by its full name`() {
        #expect(!isAdmitted("renovate[bot]", writers: ["renovate[bot]"]))
        #expect(!isAdmitted("renovate[bot]", allowed: ["renovate"]))
        #expect(isAdmitted("Renovate[bot]", allowed: ["renovate[bot]"]))
    }

    @Test func `without a repository there is no owner`() {
        let stranger = task(1) { $0.isTrusted = nil }
        let snapshot = snapshot([stranger]) { $0.github.repository = nil }
        #expect(Intaking.decide(snapshot) == [.ignore(issue(1), author: "octo")])
    }

    @Test func `an internal task comes from whoever owns the store`() {
        var own = AgentTask(
            key: TaskKey(project: app, backend: .internal, id: "i1"), title: "t", status: .new)
        own.isTrusted = nil
        #expect(Intaking.decide(snapshot([own])) == [.admit(own.key)])
    }

    @Test func `a stranger is turned away once, and admitted when the list changes`() {
        let ignored = task(1) {
            $0.author = "eve"
            $0.isTrusted = false
        }
        #expect(Intaking.decide(snapshot([ignored])).isEmpty)
        let listed = snapshot([ignored]) { $0.workflow.allowedAuthors = ["eve"] }
        #expect(Intaking.decide(listed) == [.admit(issue(1))])
    }

    @Test func `nobody is turned away while the tracker cannot be asked`() {
        let unknown = task(1) {
            $0.author = "alice"
            $0.isTrusted = nil
        }
        #expect(Intaking.decide(snapshot([unknown]).with { $0.unreachable = [app] }).isEmpty)
    }
}
