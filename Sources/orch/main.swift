import OrchCommands

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

// Synchronous to the end: an async main costs a static executable ten times its start-up.
exit(runProgram())
