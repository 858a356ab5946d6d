package import JSON
package import Subprocess

/// One call of the REST or GraphQL API, as `gh api` makes it.
package struct GitHubRequest: Equatable, Sendable {
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    /// The quotas that GitHub counts apart.
    package enum Resource: String, CaseIterable, Sendable {
        case rest
        case graphql
    }

    package var method: Method
    /// Below the API's root, percent-encoded, with the query; or the whole address of a further page.
    package var path: String
    /// `Name: value`.
    package var headers: [String] = []
    /// Text by people goes nowhere else: arguments show in every process list.
    package var body: JSONValue?

    package init(_ method: Method, _ path: String, body: JSONValue? = nil) {
        self.method = method
        self.path = path
        self.body = body
    }

    /// A GraphQL operation; see `GitHubQueries`.
    package init(query: String, variables: JSONObject) {
        self.init(.post, Self.graphqlPath, body: ["query": .string(query), "variables": .object(variables)])
        // Sub-issues were behind this switch, and on older servers still are: https://docs.github.com/graphql
        headers = ["GraphQL-Features: sub_issues"]
    }

    package var resource: Resource { path == Self.graphqlPath ? .graphql : .rest }

    private static let graphqlPath = "graphql"
}

extension GitHubRequest {
    /// A slow answer is as bad as none: a tick that hangs starts nothing.
    static let timeout = Duration.seconds(30)
    /// A hundred issues, each with the longest body GitHub takes (65,536 characters of up to four bytes),
    /// twice over.
    static let outputLimitBytes = 64 << 20
    /// The interface this adapter was written for:
    /// https://docs.github.com/rest/about-the-rest-api/api-versions
    private static let commonHeaders = [
        "Accept: application/vnd.github+json", "X-GitHub-Api-Version: 2022-11-28",
    ]

    /// The command line; in the full dialect the status and headers of the answer come first in its output.
    package func command(
        environment: [String: String], dialect: GitHubDialect = .full
    ) -> Command {
        let arguments = dialect == .full ? fullArguments : plainArguments
        let input = dialect == .full ? body : plainInput
        return Command("gh", arguments: ["api"] + arguments).with { command in
            command.environment = Self.environment(from: environment)
            if let input { command.input = .bytes(input.utf8()) }
            command.limits.timeout = Self.timeout
            command.limits.outputBytes = Self.outputLimitBytes
        }
    }

    private var fullArguments: [String] {
        var arguments = ["-i", "-X", method.rawValue, path]
        for header in Self.commonHeaders + headers { arguments += ["-H", header] }
        return body == nil ? arguments : arguments + ["--input", "-"]
    }

    /// `environment` with what keeps `gh` from asking, colouring and chatting, and without what makes it.
    static func environment(from environment: [String: String]) -> Command.Environment {
        var values = environment
        for name in ["CLICOLOR_FORCE", "GH_FORCE_TTY", "GH_DEBUG", "DEBUG"] { values[name] = nil }
        values["GH_PROMPT_DISABLED"] = "1"
        values["GH_NO_UPDATE_NOTIFIER"] = "1"
        values["NO_COLOR"] = "1"
        return Command.Environment(values)
    }
}
