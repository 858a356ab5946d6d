/// How programs are had on this system.
enum DoctorAdvice {
    #if canImport(Darwin)
        private static let installer = "brew install"
    #else
        private static let installer = "sudo apt-get install"
    #endif

    static func install(_ program: String) -> String { "`\(installer) \(program)`" }
}
