extension YAMLError {
    /// What is wrong, with the values.
    package var problem: String { words.problem }

    /// What to do about it.
    package var fix: String { words.fix }

    private typealias Words = (problem: String, fix: String)

    private var words: Words {
        layoutWords ?? scalarWords ?? propertyWords ?? documentWords ?? limitWords
    }

    private var layoutWords: Words? {
        switch reason {
        case .tabIndentation:
            ("a tab is used for indentation", "indent with spaces")
        case .wrongIndentation(let found, let expected):
            (
                "this line is indented by \(found), where \(expected) is expected",
                "give the keys or items of one collection the same indentation, and its children more"
            )
        case .missingColon:
            ("this line of a mapping has no `key:`", "write `key: value`, with a space after the colon")
        case .itemAmongKeys:
            ("a sequence item stands among the keys of a mapping", "indent the items under their own key")
        case .mappingOnSameLine:
            (
                "a value contains `: `, as if it were a mapping",
                "quote the value, or put the mapping on its own lines"
            )
        case .sequenceOnSameLine:
            ("a block sequence starts in the middle of a line", "put its first `- ` on a line of its own")
        case .multilineKey:
            ("a key spans several lines", "write the key on one line, or as `? key`")
        case .keyInPlainText:
            (
                "a `key:` stands in the continued lines of an unquoted value",
                "align it with the other keys, or quote the value"
            )
        case .unexpectedText:
            ("there is text where the value has ended already", "remove it, or quote the value as a whole")
        case .commentWithoutSpace:
            (
                "a comment follows without a space",
                "put a space before `#`, or quote the value if `#` is part of it"
            )
        default: nil
        }
    }

    private var scalarWords: Words? {
        switch reason {
        case .reservedCharacter(let character):
            ("an unquoted value cannot start with `\(character)`", "quote the value")
        case .unterminatedQuote:
            ("the quote opened here is never closed", "close it, and indent the lines it spans")
        case .unknownEscape(let character):
            (
                "`\\\(character)` is no escape in double quotes",
                "write `\\\\` for a backslash, or use single quotes"
            )
        case .badEscapeDigits(let digits):
            (
                "the escape `\(digits)` names no character",
                "write 2, 4 or 8 hexadecimal digits after \\x, \\u or \\U"
            )
        case .badBlockHeader:
            (
                "a block scalar’s first line has more than `|` or `>`, an indentation digit 1–9 and `+` or `-`",
                "begin the text on the next line, or quote it"
            )
        case .blockIndentation:
            (
                "a blank line at the start of a block scalar is indented deeper than its text",
                "remove its spaces, or state the indentation: `|2`"
            )
        case .unterminatedFlow(let bracket):
            ("the `\(bracket)` opened here is never closed", "close it with `\(bracket == "[" ? "]" : "}")`")
        case .missingComma:
            (
                "an entry of a flow collection is not followed by a comma or the end",
                "separate entries with `, `"
            )
        case .emptyFlowEntry:
            ("a flow collection has a comma without an entry before it", "remove the comma, or write `null`")
        default: nil
        }
    }

    private var propertyWords: Words? {
        switch reason {
        case .unknownTag(let tag):
            (
                "the tag `\(tag)` is unknown",
                "remove it; only !!str, !!int, !!float, !!bool, !!null, !!map and !!seq are read"
            )
        case .tagMismatch(let tag, let text):
            ("`\(text)` is no \(tag)", "correct the value, or remove the tag")
        case .repeatedProperty:
            ("a value has two tags or two anchors", "keep one of each")
        case .emptyName:
            ("an anchor or alias has no name", "write a name after `&` or `*`, or quote the value")
        case .propertyOnAlias:
            ("an alias has a tag or an anchor of its own", "remove it")
        case .unknownAnchor(let name):
            (
                "the alias `*\(name)` stands for nothing above it",
                "define `&\(name)` first, or quote the value"
            )
        case .recursiveAlias(let name):
            ("the alias `*\(name)` stands within the value it names", "remove the alias")
        default: nil
        }
    }

    private var documentWords: Words? {
        switch reason {
        case .duplicateKey(let key, let firstLine):
            ("the key `\(key)` on line \(line) was given on line \(firstLine) already", "keep one of the two")
        case .severalDocuments:
            ("a second document starts here", "keep one document a file: remove the `---`")
        case .unsupportedVersion(let version):
            ("the file asks for YAML \(version)", "remove the %YAML line; version 1.2 is read")
        case .repeatedDirective:
            ("a document has two %YAML lines", "keep one")
        case .tagDirective:
            ("tag handles are not supported", "remove the %TAG line and the tags that use it")
        case .missingDocumentStart:
            ("a directive is not followed by a document", "write `---` on the line after it")
        default: nil
        }
    }

    private var limitWords: Words {
        switch reason {
        case .inputTooLarge(let bytes):
            ("the text has \(bytes) bytes, more than \(YAMLLimits.inputBytes)", "split the file")
        case .notUTF8:
            ("the text is not UTF-8", "save the file as UTF-8")
        case .controlCharacter(let scalar):
            (
                "the control character U+\(String(scalar.value, radix: 16)) is not allowed",
                "remove it, or escape it in double quotes"
            )
        case .tooDeep:
            ("values are nested more than \(YAMLLimits.depth) deep", "flatten the structure")
        case .tooManyNodes:
            ("the text has more than \(YAMLLimits.nodes) values", "split the file")
        case .tooManyExpandedNodes:
            (
                "aliases stand for more than \(YAMLLimits.expandedNodes) values",
                "write the values out, or use fewer aliases"
            )
        default: editWords
        }
    }

    private var editWords: Words {
        switch reason {
        case .missing(let path):
            ("there is no `\(path)`", "name a key or index that exists")
        case .notAMapping(let path):
            ("`\(path)` is not a mapping", "set it as a whole, or name another path")
        case .notASequence(let path):
            ("`\(path)` is not a sequence", "set it as a whole, or name another path")
        case .shared(let anchor):
            (
                "the value is shared through the anchor `&\(anchor)`",
                "edit the file by hand: the change would show in every alias"
            )
        default:
            ("the edit would change more of the file than was asked for", "edit the file by hand")
        }
    }
}
