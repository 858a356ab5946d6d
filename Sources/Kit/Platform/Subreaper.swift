#if canImport(Glibc)
    import CSystem
    import Glibc
#endif

/// Adopting orphans.
package enum Subreaper {
    /// Whether processes whose parent ends become children of this process instead of init's.
    ///
    /// With it, what an agent leaves behind stays a descendant that can be found and must be reaped with
    /// waitpid(2). Linux: prctl(2), `PR_SET_CHILD_SUBREAPER`; not inherited by children. macOS has no such
    /// thing: does nothing.
    package static func setEnabled(_ isEnabled: Bool) throws(SystemError) {
        #if canImport(Glibc)
            guard csystem_set_child_subreaper(isEnabled ? 1 : 0) == 0 else {
                throw SystemError("prctl", code: errno)
            }
        #endif
    }
}
