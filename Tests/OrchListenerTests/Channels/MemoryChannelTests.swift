import OrchTesting
import Testing

@Suite struct MemoryChannelTests {
    @Test(arguments: ChannelContract.clauses)
    func `the channel in memory keeps the contract`(_ clause: ChannelContract) throws {
        try clause.check(MemoryChannel())
    }
}
