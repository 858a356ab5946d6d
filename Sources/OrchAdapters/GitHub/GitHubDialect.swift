package import JSON
package import OrchCore
import Platform
import SHA2
package import Subprocess

/// How the program called `gh` wants to be asked.
package enum GitHubDialect: String, Sendable {
    /// The real one: everything by standard input, the answer with its status and headers.
    case full
    /// A stand-in, such as the one in v0's tests: it knows the calls that v0 makes and no others. No headers,
    /// the fields as arguments, success told by the exit status.
    ///
    /// Arguments show in every process list, so this is nothing for the real one.
    case plain

    /// A program that cannot say its version is broken enough for every call to say so.
    private static let limits = Command.Limits(timeout: .seconds(10), outputBytes: 64 << 10)

    /// What the `gh` on this connection's PATH speaks, asked once for each program that is put there.
    package static func spoken(on connection: GitHubConnection) -> GitHubDialect {
        // Whatever fails here fails again at the first call, which says what and why.
        guard let program = ProgramSearch.find("gh", path: connection.environment["PATH"] ?? ""),
            let file = FileStatus.ifPresent(program)
        else { return .full }
        let stamp = "\(file.sizeBytes) \(file.modifiedSeconds).\(file.modifiedNanoseconds)"
        let name = "gh at \(program): \(stamp)"
        if let known = try? connection.recall(name)?.string { return GitHubDialect(rawValue: known) ?? .full }
        let asking = Command(program, "--version").with {
            $0.environment = Command.Environment(connection.environment)
            $0.limits = limits
        }
        guard let answer = try? asking.run(), answer.exit != .timedOut else { return .full }
        // A stand-in need not know the question.
        let dialect: GitHubDialect = answer.text.hasPrefix("gh version") ? .full : .plain
        if answer.succeeded { try? connection.remember(.string(dialect.rawValue), as: name) }
        return dialect
    }
}

extension GitHubConnection {
    package var tracker: any Tracker { dialect == .full ? GitHubTracker(self) : PlainGitHubTracker(self) }
    package var forge: any Forge & PullRequests {
        dialect == .full ? GitHubForge(self) : PlainGitHubForge(self)
    }
}

extension GitHubRequest {
    /// The arguments behind `gh api` in the plain dialect: what stands in the query or is text in the body as
    /// `-f NAME=VALUE`, a list as `-f NAME[]=VALUE` for each item.
    ///
    /// A list of an update goes by standard input, as in v0.
    package var plainArguments: [String] {
        let parts = path.split(separator: "?", maxSplits: 1).map(String.init)
        var arguments = ["-X", method.rawValue, parts.first ?? ""]
        for header in headers where !header.hasPrefix("If-None-Match:") { arguments += ["-H", header] }
        for pair in (parts.count > 1 ? parts[1] : "").split(separator: "&") {
            arguments += ["-f", GitHubPath.decoded(String(pair))]
        }
        for (name, value) in plainFields {
            if let items = value.array {
                if method == .patch { arguments += ["--input", "-"] }
                let fields = method == .patch ? [] : items
                for item in fields { arguments += ["-f", "\(name)[]=\(item.string ?? item.text())"] }
            } else {
                arguments += ["-f", "\(name)=\(value.string ?? value.text())"]
            }
        }
        return arguments
    }

    /// A query's variables stand beside it.
    private var plainFields: JSONObject {
        guard var fields = body?.object else { return [:] }
        guard resource == .graphql, let variables = fields["variables"]?.object else { return fields }
        fields["variables"] = nil
        for (name, value) in variables { fields[name] = value }
        return fields
    }

    /// What standard input gets.
    package var plainInput: JSONValue? {
        method == .patch && plainFields.contains { $0.value.array != nil } ? body : nil
    }
}

extension GitHubResponse {
    /// What `gh api` printed without `-i`, as if the server had said it; nil where nothing shows that it did.
    ///
    /// The digest of an answer stands for its ETag, and a full page for the address of the next.
    package init?(plain output: Output, to request: GitHubRequest) {
        guard output.succeeded else {
            guard let (status, words) = Self.refusal(in: output.errorText) else { return nil }
            self.init(status: status, json: ["message": .string(words)])
            return
        }
        let etag = String(Hexadecimal.encode(SHA256.hash(output.standardOutput)).prefix(16))
        if request.headers.contains("If-None-Match: \(etag)") {
            self.init(status: 304)
            return
        }
        let json = try? JSONValue(parsing: output.standardOutput)
        var headers = ["etag": etag]
        if let next = Self.pageAfter(request, holding: json?.array?.count ?? 0) {
            headers["link"] = "<\(next)>; rel=\"next\""
        }
        self.init(status: 200, headers: headers, json: json)
    }

    /// `gh: Not Found (HTTP 404)`, or less: a stand-in says nothing at all where there is no such label.
    private static func refusal(in text: String) -> (status: Int, words: String)? {
        let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        let words = line.hasPrefix("gh: ") ? String(line.dropFirst(4)) : line
        let plain = words.lowercased()
        // v0's own list of what a limit sounds like.
        if plain.contains("rate limit") || plain.contains("abuse detection") { return (429, words) }
        if words.isEmpty || plain.contains("not found") { return (404, words) }
        guard let mark = words.firstRange(of: "HTTP ") else { return nil }
        return Int(words[mark.upperBound...].prefix(3)).map { ($0, words) }
    }

    private static func pageAfter(_ request: GitHubRequest, holding count: Int) -> String? {
        let parts = request.path.split(separator: "?", maxSplits: 1).map(String.init)
        guard request.method == .get, parts.count == 2 else { return nil }
        var page = 1
        var others: [Substring] = []
        var size = 0
        for pair in parts[1].split(separator: "&") {
            if pair.hasPrefix("page=") { page = Int(pair.dropFirst(5)) ?? 1 } else { others.append(pair) }
            if pair.hasPrefix("per_page=") { size = Int(pair.dropFirst(9)) ?? 0 }
        }
        guard size > 0, count == size else { return nil }
        return "\(parts[0])?\((others + ["page=\(page + 1)"]).joined(separator: "&"))"
    }
}
