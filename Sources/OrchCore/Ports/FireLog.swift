/// The fires of jobs: which moments have been dealt with.
package protocol FireLog: AnyObject {
    /// Writes the fire down before its effect, or finds the one that stands for this moment already.
    func recordFire(of job: TaskKey, due: Timestamp, now: Timestamp) throws(StoreError) -> Fire
    /// Says what a recorded fire came to; an earlier effect stays.
    func complete(_ fire: Fire, of job: TaskKey, effect: Fire.Effect) throws(StoreError)
    /// The newest `limit`, by the moment they were due at, newest first.
    func fires(of job: TaskKey, limit: Int) throws(StoreError) -> [Fire]
}
