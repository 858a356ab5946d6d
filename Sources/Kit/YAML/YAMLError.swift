/// Why a text was not read, or an edit not made, and where.
package struct YAMLError: Error, Hashable, Sendable {
    package let reason: Reason
    package let mark: Mark

    package var line: Int { mark.line }
    package var column: Int { mark.column }

    package init(_ reason: Reason, at mark: Mark) {
        self.reason = reason
        self.mark = mark
    }

    package enum Reason: Hashable, Sendable {
        // The bytes.
        case inputTooLarge(bytes: Int)
        case notUTF8
        case controlCharacter(Unicode.Scalar)

        // Lines and their indentation.
        case tabIndentation
        /// Columns of indentation; `expected` is that of the collection the line could belong to.
        case wrongIndentation(found: Int, expected: Int)
        case missingColon
        case itemAmongKeys
        case mappingOnSameLine
        case sequenceOnSameLine
        case multilineKey
        case keyInPlainText
        case unexpectedText
        case commentWithoutSpace

        // Scalars.
        case reservedCharacter(Unicode.Scalar)
        case unterminatedQuote
        case unknownEscape(Unicode.Scalar)
        case badEscapeDigits(String)
        case badBlockHeader
        case blockIndentation

        // Flow collections.
        case unterminatedFlow(Unicode.Scalar)
        case missingComma
        case emptyFlowEntry

        // Properties and aliases.
        case unknownTag(String)
        case tagMismatch(tag: String, text: String)
        case repeatedProperty
        case emptyName
        case propertyOnAlias
        case unknownAnchor(String)
        case recursiveAlias(String)

        // Mappings, documents and directives.
        case duplicateKey(String, firstLine: Int)
        case severalDocuments
        case unsupportedVersion(String)
        case repeatedDirective
        case tagDirective
        case missingDocumentStart

        // Limits.
        case tooDeep
        case tooManyNodes
        case tooManyExpandedNodes

        // Edits.
        case missing(path: String)
        case notAMapping(path: String)
        case notASequence(path: String)
        case shared(anchor: String)
        case editChangesMore
    }
}

extension YAMLError: CustomStringConvertible {
    /// `line:column: problem; fix`.
    package var description: String {
        mark == .unwritten ? "\(problem); \(fix)" : "\(mark): \(problem); \(fix)"
    }
}
