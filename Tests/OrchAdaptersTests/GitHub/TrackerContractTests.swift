import OrchAdapters
import OrchCore
import OrchTesting
import Testing

struct TrackerContractTests {
    @Test(arguments: TrackerContract.clauses)
    func `the tracker in memory keeps the contract`(contract: TrackerContract) throws {
        try contract.check(MemoryStage())
    }

    @Test(.requiresGitHub, arguments: TrackerContract.clauses)
    func `GitHub through the real gh keeps the contract`(contract: TrackerContract) throws {
        try contract.check(GitHubStage())
    }

    @Test(.requiresGitHub, arguments: TrackerContract.clauses)
    func `GitHub in the plain dialect keeps the contract`(contract: TrackerContract) throws {
        try contract.check(GitHubStage { $0.dialect = .plain })
    }
}
