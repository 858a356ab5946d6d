import JSON
import Testing

struct ValueTests {
    let value: JSONValue = ["a": ["b": [1, 2.5, "x"]], "none": .null]

    @Test func `a path of subscripts ends in null wherever it leaves the document`() {
        #expect(value["a"]["b"][0].int == 1)
        #expect(value["a"]["b"][2].string == "x")
        for missing in [
            value["z"], value["a"]["b"][3], value["a"]["b"][-1], value[0], value["a"]["b"]["c"][9],
        ] {
            #expect(missing == .null)
        }
        #expect(value.object?["none"] == .null)
        #expect(value.object?["z"] == nil)
    }

    @Test func `a value is read as nothing but what it is`() {
        let all: [JSONValue] = [.null, true, 1, 1.0, "1", [1], ["a": 1]]
        #expect(all.map(\.isNull) == [true, false, false, false, false, false, false])
        #expect(all.map(\.bool) == [nil, true, nil, nil, nil, nil, nil])
        #expect(all.map(\.int) == [nil, nil, 1, nil, nil, nil, nil])
        #expect(all.map(\.double) == [nil, nil, 1, 1, nil, nil, nil])
        #expect(all.map(\.string) == [nil, nil, nil, nil, "1", nil, nil])
        #expect(all.map(\.array) == [nil, nil, nil, nil, nil, [1], nil])
        #expect(all.map(\.object) == [nil, nil, nil, nil, nil, nil, ["a": 1]])
        #expect(Set(all).count == all.count)
    }

    @Test(arguments: [5, 32, 33, 200])
    func `an object keeps its order and finds its members at every size`(count: Int) {
        var object = JSONObject()
        for number in 0..<count { object["name\(number)"] = .int(Int64(number)) }
        #expect(object.names == (0..<count).map { "name\($0)" })
        for number in 0..<count { #expect(object["name\(number)"]?.int == number) }
        #expect(object["name\(count)"] == nil)
        object["name1"] = "changed"
        #expect(object.names[1] == "name1")
        object["name0"] = nil
        object["absent"] = nil
        #expect(object.count == count - 1)
        #expect(object.names.first == "name1")
        #expect(object["name1"] == "changed")
        #expect(object["name\(count - 1)"]?.int == count - 1)
        object["name0"] = 0
        #expect(object.names.last == "name0")
    }

    @Test(arguments: [3, 50])
    func `order does not make objects differ`(count: Int) {
        let members = (0..<count).map { ("n\($0)", JSONValue.int(Int64($0))) }
        let object = JSONObject(members)
        #expect(object == JSONObject(members.reversed()))
        #expect(object.hashValue == JSONObject(members.reversed()).hashValue)
        #expect(object != JSONObject(members.dropLast()))
        #expect(object != JSONObject(members.dropLast() + [("other", 0)]))
        #expect(object != JSONObject(members.dropLast() + [("n\(count - 1)", "other")]))
    }
}
