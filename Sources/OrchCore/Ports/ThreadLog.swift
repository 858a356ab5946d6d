/// Which conversation in a chat is about which task.
package protocol ThreadLog: AnyObject {
    /// Says so; what the thread was about before, it is no more.
    ///
    /// - Parameters:
    ///   - thread: the service's own name of it, a message's among them: replies to that are about the task.
    ///   - service: `telegram`, `discord`.
    func bind(thread: String, of service: String, to task: TaskKey, now: Timestamp) throws(StoreError)
    /// nil: the thread is about no task.
    func task(ofThread thread: String, of service: String) throws(StoreError) -> TaskKey?
    /// The threads about a task, the newest first, at most `limit`.
    func threads(of task: TaskKey, on service: String, limit: Int) throws(StoreError) -> [String]
    /// Forgets threads that began before then about tasks that are done.
    func forgetThreads(before moment: Timestamp) throws(StoreError)
}
