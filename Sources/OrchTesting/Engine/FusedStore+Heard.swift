package import OrchCore

extension FusedStore {
    package func task(
        ofPullRequest url: String, in project: Project.ID
    ) throws(StoreError) -> AgentTask? {
        try call { () throws(StoreError) in try base.task(ofPullRequest: url, in: project) }
    }

    package func heard(
        _ comments: [String], in project: Project.ID
    ) throws(StoreError) -> [String: HeardComment] {
        try call { () throws(StoreError) in try base.heard(comments, in: project) }
    }

    package func hear(_ comment: HeardComment, in project: Project.ID) throws(StoreError) {
        try call { () throws(StoreError) in try base.hear(comment, in: project) }
    }

    package func settle(_ comment: HeardComment, in project: Project.ID) throws(StoreError) {
        try call { () throws(StoreError) in try base.settle(comment, in: project) }
    }

    package func openMentions(of project: Project.ID) throws(StoreError) -> [HeardComment] {
        try call { () throws(StoreError) in try base.openMentions(of: project) }
    }

    package func countHeard(
        in project: Project.ID, since: Timestamp
    ) throws(StoreError) -> [String: Int] {
        try call { () throws(StoreError) in try base.countHeard(in: project, since: since) }
    }

    package func finishedTasks(of project: Project.ID) throws(StoreError) -> [AgentTask] {
        try call { () throws(StoreError) in try base.finishedTasks(of: project) }
    }

    package func forget(before moment: Timestamp, in project: Project.ID) throws(StoreError) {
        try call { () throws(StoreError) in try base.forget(before: moment, in: project) }
    }
}
