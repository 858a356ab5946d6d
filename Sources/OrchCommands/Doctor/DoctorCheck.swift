/// One thing that can be wrong, and how it is seen.
protocol DoctorCheck {
    /// What a check is about, in one word; each of its findings is named for it.
    static var name: String { get }

    /// At least one finding where the check applies; what it cannot find out is a finding, never an error.
    func findings() -> [Finding]
}
