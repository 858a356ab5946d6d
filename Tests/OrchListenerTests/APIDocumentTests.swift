import OrchAdapters
import OrchCore
import Platform
import Reactor
import Testing
import YAML

@testable import OrchListener

@Suite struct APIDocumentTests {
    /// `POST /api/tasks`, of what docs/api.yml describes.
    private static func described() throws -> Set<String> {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let bytes = try WholeFile.read("/\(root)/docs/api.yml", limitBytes: 1 << 20)
        let document = try Node.parse(bytes: bytes)
        let paths = document.mapping?.first { $0.key.text == "paths" }?.value.mapping ?? []
        let methods: Set = ["get", "post", "put", "patch", "delete"]
        return Set(
            paths.flatMap { path in
                (path.value.mapping ?? []).compactMap { entry in
                    guard let method = entry.key.text, methods.contains(method) else { return nil }
                    return "\(method.uppercased()) \(path.key.text ?? "")"
                }
            })
    }

    /// The same of what the listener answers.
    private static func answered() throws -> Set<String> {
        let loop = try EventLoop()
        let store = try SQLiteStore(path: SQLiteStore.inMemory)
        let performer = VerbPerformer(program: "/bin/false", environment: [:], directory: "/")
        let api = API(
            store: store, projects: ProjectList(environment: [:], ownSecrets: []),
            hub: StreamHub(store: store) { _ in Redaction(secrets: []) },
            desk: VerbDesk(performer, on: try Worker(on: loop, named: "test", limit: 1)) { nil }, loop: loop,
            epoch: "1")
        return Set(api.routes.map { "\($0.method) \($0.path)" })
    }

    @Test func `every route is described, and every description is a route`() throws {
        let (described, answered) = (try Self.described(), try Self.answered())
        #expect(described.count > 15)
        #expect(described.subtracting(answered) == [])
        #expect(answered.subtracting(described) == [])
    }
}
