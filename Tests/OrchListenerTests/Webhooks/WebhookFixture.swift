import JSON
import Platform

/// GitHub's own examples of deliveries.
enum WebhookFixture {
    private static let folder =
        #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined() + "/Fixtures/webhooks"

    static func bytes(_ name: String) throws -> [UInt8] {
        try WholeFile.read("\(folder)/\(name)", limitBytes: 1 << 20)
    }

    /// As bytes, with some of it changed.
    static func changed(_ name: String, _ change: (inout JSONObject) -> Void) throws -> [UInt8] {
        var object = try JSONValue(parsing: bytes(name)).object ?? JSONObject()
        change(&object)
        return JSONValue.object(object).utf8()
    }
}
