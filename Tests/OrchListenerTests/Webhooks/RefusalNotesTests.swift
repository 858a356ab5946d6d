import HTTP
import Platform
import Testing

@testable import OrchListener

struct RefusalNotesTests {
    private let start = MonotonicTime.now()
    private let refusal = HTTPRefusal(401, "the secrets differ")

    @Test func `a refusal is said, and a flood of them is one line a minute`() {
        var notes = RefusalNotes()
        #expect(
            notes.words(for: refusal, at: start)
                == "a request to the webhook was refused, 401: the secrets differ")
        for second in 1..<60 {
            #expect(notes.words(for: refusal, at: start + .seconds(second)) == nil)
        }
        let later = notes.words(for: refusal, at: start + .seconds(60)) ?? ""
        #expect(later.hasSuffix("the secrets differ (59 more since this was said last)"))
        #expect(notes.words(for: refusal, at: start + .seconds(120))?.contains("more") == false)
    }

    @Test func `one reason does not hide another, and many of them are not kept`() {
        var notes = RefusalNotes()
        #expect(notes.words(for: HTTPRefusal(401, "no signature"), at: start) != nil)
        #expect(notes.words(for: refusal, at: start) != nil)
        let said = (0..<100).filter { notes.words(for: HTTPRefusal(400, "column \($0)"), at: start) != nil }
        #expect(said.count == 6)
        #expect(notes.words(for: refusal, at: start + .seconds(60)) != nil)
    }
}
