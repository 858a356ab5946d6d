import OrchCore
import Testing

@Suite struct HiddenCommentsTests {
    @Test(arguments: [
        ("a<!-- b -->c", "ac"), ("<!-- a\nb -->", ""), ("a <!-- never closed", "a "), ("a<!-->b", "ab"),
        ("a<!--->b", "ab"), ("<!-- a --> b <!-- c -->", " b "), ("<!<!-- a -->-- b -->", "<!-- b -->"),
        ("a -- b > c", "a -- b > c"), ("<!- a -->", "<!- a -->"), ("", ""), ("é<!-- é -->é", "éé"),
    ])
    func `what readers do not see is taken out`(text: String, expected: String) {
        #expect(HiddenComments.removed(from: text) == expected)
    }
}
