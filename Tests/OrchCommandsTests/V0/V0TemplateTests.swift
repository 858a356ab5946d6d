import Testing

@testable import OrchCommands

struct V0TemplateTests {
    @Test(arguments: [
        ("plain { } {{ x }} {{}} {{a-b}}", "plain { } {{ x }} {{}} {{a-b}}"),
        ("{{A}}{{NONE}}.{{low}}", "one.two"), ("{{A}}{{B}}", "one{{A}}"),
        ("{{#if A}}yes {{A}}{{/if}}!", "yes one!"), ("{{#if NONE}}no{{/if}}!", "!"),
        ("{{#if BLANK}}no{{/if}}!", "!"), ("{{#if A}}x{{#if NONE}}y{{/if}}z{{/if}}", "xz"),
        ("{{#if NONE}}x{{#if A}}y{{/if}}z{{/if}}!", "!"), ("{{/if}} {{#if A}}", "{{/if}} {{#if A}}"),
        ("{{#if A}}1{{/if}}{{#if B}}2{{/if}}", "12"), ("", ""),
    ])
    func `places and conditions are filled in`(template: String, text: String) {
        let values = ["A": "one", "B": "{{A}}", "low": "two", "BLANK": " \n"]
        #expect(V0Template(template).render(values) == text)
    }
}
