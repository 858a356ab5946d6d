extension Duration {
    /// Whole seconds; a fraction is dropped.
    package var wholeSeconds: Int { Int(components.seconds) }

    /// `45s`, `3m 20s` or `2h 5m`, as v0 prints lengths in its comments; negative lengths print as `0s`.
    package var brief: String {
        let total = max(0, wholeSeconds)
        if total < 60 { return "\(total)s" }
        if total < 3600 { return "\(total / 60)m \(total % 60)s" }
        return "\(total / 3600)h \(total % 3600 / 60)m"
    }
}
