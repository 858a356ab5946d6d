import OrchAdapters
import OrchCore

/// Whether the store can be opened and is sound.
struct DatabaseCheck: DoctorCheck {
    static let name = "database"

    let path: String
    let store: Result<SQLiteStore, StoreError>?

    init(facts: DoctorFacts) { self.init(path: facts.home.database, store: facts.store) }

    init(path: String, store: Result<SQLiteStore, StoreError>?) {
        self.path = path
        self.store = store
    }

    func findings() -> [Finding] {
        guard let store else { return [.ok(Self.name, "none yet; the first task makes it")] }
        do throws(StoreError) {
            if let damage = try store.get().integrityProblem() {
                let error = StoreError.corrupt(path: path, detail: damage)
                return [.problem(Self.name, error)]
            }
            return [.ok(Self.name, "\(path) is sound")]
        } catch {
            return [.problem(Self.name, error)]
        }
    }
}
