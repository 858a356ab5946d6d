import JSON
import OrchCore

/// Facts about the repository that are worth more than one call; they are answers of ours, so they have no
/// ETag.
extension GitHubConnection {
    func recall(_ name: String) throws(TrackerError) -> JSONValue? {
        let answer: CachedAnswer?
        do throws(StoreError) { answer = try memory.cachedAnswer(Self.key(name)) } catch {
            throw .store(error)
        }
        // Unreadable means written by another version: asked again, and then written anew.
        return answer.flatMap { try? JSONValue(parsing: $0.body) }
    }

    func remember(_ value: JSONValue, as name: String) throws(TrackerError) {
        let answer = CachedAnswer(etag: "", body: value.text())
        do throws(StoreError) {
            try memory.remember(answer, for: Self.key(name), now: now())
        } catch {
            throw .store(error)
        }
    }

    private static func key(_ name: String) -> String { "orch:\(name)" }
}
