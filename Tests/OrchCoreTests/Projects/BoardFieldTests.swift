import OrchCore
import Testing

@Suite struct BoardFieldTests {
    private let field = BoardField(
        id: "F",
        options: [
            .init(id: "1", name: "Todo"), .init(id: "2", name: "in progress"),
            .init(id: "3", name: "QA Review"),
            .init(id: "4", name: "Done"), .init(id: "5", name: "DONE"),
        ])

    @Test(arguments: [
        (BoardColumn.backlog, [], nil), (.inProgress, [], "2"), (.review, [], nil), (.done, [], "4"),
        (.backlog, ["todo"], "1"), (.review, ["In Review", "QA Review"], "3"), (.backlog, [""], nil),
        (.done, ["Closed"], nil), (.inProgress, ["prog"], nil),
    ]) func `a column is found by the first of its names, whole and in any case`(
        _ column: BoardColumn, _ names: [String], _ expected: String?
    ) {
        #expect(field.option(for: column, names: names)?.id == expected)
    }
}
