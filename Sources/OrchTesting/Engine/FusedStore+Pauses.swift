package import OrchCore

extension FusedStore {
    package func pauses() throws(StoreError) -> [WorkPause] {
        try call { () throws(StoreError) in try base.pauses() }
    }

    package func pause(_ pause: WorkPause) throws(StoreError) -> Bool {
        try call { () throws(StoreError) in try base.pause(pause) }
    }

    package func resume(_ project: Project.ID?) throws(StoreError) -> [WorkPause] {
        try call { () throws(StoreError) in try base.resume(project) }
    }

    package func expenses(
        of project: Project.ID, since moment: Timestamp
    ) throws(StoreError) -> [AgentExpense] {
        try call { () throws(StoreError) in try base.expenses(of: project, since: moment) }
    }
}
