/// The members of a JSON object, in the order they were written.
///
/// Two objects with the same members are equal whatever their order. Names are compared byte by byte, as
/// RFC 8259 §8.3 has it: two spellings of “é” that `String` holds equal are two names.
package struct JSONObject: Sendable {
    package typealias Member = (name: String, value: JSONValue)

    /// Above this many members a dictionary finds the place; below, comparing them one after the other is
    /// as fast, and most objects never pay for a dictionary.
    static let linearLimit = 32

    package private(set) var members: [Member] = []
    /// The place of each name, when there are more than `linearLimit`.
    private var places: [ExactName: Int]?

    package init() {}

    /// Of members with one name the last counts, at the place of the first.
    package init(_ members: some Sequence<(String, JSONValue)>) {
        for (name, value) in members { self[name] = value }
    }

    /// nil when there is no such member; setting nil removes it.
    package subscript(_ name: String) -> JSONValue? {
        get { place(of: name).map { members[$0].value } }
        set {
            switch (place(of: name), newValue) {
            case (let place?, let value?): members[place].value = value
            case (let place?, nil): remove(at: place)
            case (nil, let value?): append(name, value)
            case (nil, nil): break
            }
        }
    }

    private mutating func append(_ name: String, _ value: JSONValue) {
        places?[ExactName(name)] = members.count
        members.append((name, value))
        if places == nil && members.count > Self.linearLimit { indexPlaces() }
    }

    private mutating func remove(at place: Int) {
        members.remove(at: place)
        places = nil
        if members.count > Self.linearLimit { indexPlaces() }
    }

    private mutating func indexPlaces() {
        let pairs = members.enumerated().map { (ExactName($0.element.name), $0.offset) }
        places = Dictionary(uniqueKeysWithValues: pairs)
    }

    private func place(of name: String) -> Int? {
        if let places { return places[ExactName(name)] }
        let exact = ExactName(name)
        return members.firstIndex { ExactName($0.name) == exact }
    }
}

extension JSONObject: Sequence {
    package var count: Int { members.count }
    package var isEmpty: Bool { members.isEmpty }
    package var names: [String] { members.map(\.name) }

    package func makeIterator() -> [Member].Iterator { members.makeIterator() }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral members: (String, JSONValue)...) { self.init(members) }
}

extension JSONObject: Hashable {
    package static func == (one: JSONObject, other: JSONObject) -> Bool {
        one.count == other.count && one.members.allSatisfy { other[$0.name] == $0.value }
    }

    package func hash(into hasher: inout Hasher) {
        var sum = 0
        for (name, value) in members {
            var memberHasher = hasher
            memberHasher.combine(ExactName(name))
            memberHasher.combine(value)
            // An order-free sum, because order does not make objects differ.
            sum &+= memberHasher.finalize()
        }
        hasher.combine(sum)
    }
}

/// A name that equals another only if it has the same bytes.
private struct ExactName: Hashable {
    let text: String

    init(_ text: String) { self.text = text }

    static func == (one: ExactName, other: ExactName) -> Bool {
        // The count sorts out nearly all names at no cost; `String` equality, which holds more equal than
        // we want, sorts out the rest.
        one.text.utf8.count == other.text.utf8.count && one.text == other.text
            && one.text.utf8.elementsEqual(other.text.utf8)
    }

    func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
