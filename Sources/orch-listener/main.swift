import OrchListener

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

// Code at the top level belongs to the main actor; everything is in a function of another file, which does
// not.
exit(runListener())
