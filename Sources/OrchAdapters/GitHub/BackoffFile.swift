package import OrchCore
import Platform

/// v0's note of a rate limit, which v0's scripts look at before each call and write after a refusal:
/// the lines `until=EPOCH`, `delay=SECONDS`, `reason=WORD`.
package struct BackoffFile: Equatable, Sendable {
    package var until: Timestamp
    /// The length of the last wait; v0 doubles it for the next.
    package var delay: Duration
    package var reason: String

    package init(until: Timestamp, delay: Duration, reason: String) {
        self.until = until
        self.delay = delay
        self.reason = reason
    }

    /// Reads the file's text; of a repeated line the last counts, a missing or torn one as zero, as in v0.
    package init(parsing text: String) {
        var values: [Substring: Substring] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { values[parts[0]] = parts[1] }
        }
        until = Timestamp(seconds: values["until"].flatMap { Int($0) } ?? 0)
        let seconds = values["delay"].flatMap { Int($0) } ?? 0
        delay = min(max(.seconds(seconds), .zero), GitHubRateLimits.longestWait)
        reason = values["reason"].map(String.init) ?? ""
    }

    package var text: String {
        "until=\(until.seconds)\ndelay=\(delay.wholeSeconds)\nreason=\(reason)\n"
    }

    /// Three short lines; whatever is longer is not v0's.
    private static let largestBytes = 4096

    /// nil where there is none, or none that can be read: the store knows the limit as well.
    package static func read(_ path: String) -> BackoffFile? {
        guard let bytes = try? WholeFile.readIfPresent(path, limitBytes: largestBytes) else { return nil }
        return BackoffFile(parsing: String(decoding: bytes, as: UTF8.self))
    }

    /// Writes it, whole or not at all; its folder is made where the project is new.
    package func write(to path: String) {
        if let end = path.lastIndex(of: "/"), end > path.startIndex {
            try? Directory.make(String(path[..<end]))
        }
        // Not written (full disk, missing folder), only v0 does not know of the limit, and finds it by
        // itself.
        try? AtomicFile.write(Array(text.utf8), to: path, durability: .none)
    }
}
