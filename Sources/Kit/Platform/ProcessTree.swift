#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Which processes descend from which.
package enum ProcessTree {
    /// Children of `pid`, their children and so on; parents before children, `pid` itself left out.
    ///
    /// It is what was seen in one pass: a process started meanwhile may be missing, and one whose parent has
    /// ended belongs to init or the nearest subreaper. To end a tree, repeat until the list is empty.
    package static func descendants(of pid: Int32) -> [Int32] {
        descendants(of: pid, among: ProcessRecord.all())
    }

    static func descendants(of root: Int32, among records: [ProcessRecord]) -> [Int32] {
        let children = Dictionary(grouping: records, by: \.parent)
        var seen: Set<Int32> = [root]
        var found: [Int32] = []
        var next = 0
        var current = root
        while true {
            // The table is read line by line while ids are reused, so it may even show a circle.
            for child in children[current] ?? [] where seen.insert(child.pid).inserted {
                found.append(child.pid)
            }
            guard next < found.count else { return found }
            current = found[next]
            next += 1
        }
    }
}
