/// The GraphQL operations, each for what REST cannot say in one call: https://docs.github.com/graphql
enum GitHubQueries {
    static let health = """
        query Health($owner: String!, $name: String!) {
          viewer { login }
          repository(owner: $owner, name: $name) { viewerPermission isArchived }
        }
        """

    /// From the newest backwards. An id in full, because comments have outgrown GraphQL's 32-bit
    /// `databaseId`.
    static let comments = """
        query Comments($owner: String!, $name: String!, $number: Int!, $before: String) {
          repository(owner: $owner, name: $name) {
            issue(number: $number) {
              comments(last: 100, before: $before) {
                nodes {
                  fullDatabaseId body createdAt authorAssociation viewerDidAuthor
                  author { __typename login }
                }
                pageInfo { hasPreviousPage startCursor }
              }
            }
          }
        }
        """

    /// The newest issues, of which one may be what an earlier attempt created. Lists are exact; the search
    /// lags.
    static let recentIssues = """
        query RecentIssues($owner: String!, $name: String!, $after: String) {
          repository(owner: $owner, name: $name) {
            issues(first: 100, after: $after, orderBy: {field: CREATED_AT, direction: DESC}) {
              nodes { number body createdAt viewerDidAuthor }
              pageInfo { hasNextPage endCursor }
            }
          }
        }
        """

    static let issueCount = """
        query IssueCount($owner: String!, $name: String!, $states: [IssueState!], $labels: [String!]) {
          repository(owner: $owner, name: $name) {
            issues(first: 1, states: $states, labels: $labels) { totalCount }
          }
        }
        """

    static let children = """
        query Children($owner: String!, $name: String!, $number: Int!, $after: String) {
          repository(owner: $owner, name: $name) {
            nameWithOwner
            issue(number: $number) {
              id
              subIssues(first: 100, after: $after) {
                nodes { number repository { nameWithOwner } }
                pageInfo { hasNextPage endCursor }
              }
            }
          }
        }
        """

    static let addSubIssue = """
        mutation AddSubIssue($parent: ID!, $child: ID!) {
          addSubIssue(input: {issueId: $parent, subIssueId: $child}) { subIssue { number } }
        }
        """

    static let issueNode = """
        query IssueNode($owner: String!, $name: String!, $number: Int!) {
          repository(owner: $owner, name: $name) { issue(number: $number) { id } }
        }
        """

    /// The checks of the newest commits of pull requests, in one request for all of them.
    static let checks = """
        query Checks($pulls: [ID!]!, $after: String) {
          nodes(ids: $pulls) {
            ... on PullRequest {
              id number
              commits(last: 1) {
                nodes {
                  commit {
                    oid committedDate
                    statusCheckRollup {
                      contexts(first: 100, after: $after) {
                        nodes {
                          __typename
                          ... on CheckRun {
                            databaseId name status conclusion completedAt title
                            checkSuite { app { slug } }
                          }
                          ... on StatusContext { context state description createdAt }
                        }
                        pageInfo { hasNextPage endCursor }
                      }
                    }
                  }
                }
              }
            }
          }
        }
        """

    /// Both halves in one request, in this order, so that an issue never shows no status at all.
    static func changeLabels(adding: Bool, removing: Bool) -> String {
        var variables = "$issue: ID!"
        var fields: [String] = []
        if adding {
            variables += ", $added: [ID!]!"
            fields.append(changedLabels("added", by: "addLabelsToLabelable"))
        }
        if removing {
            variables += ", $removed: [ID!]!"
            fields.append(changedLabels("removed", by: "removeLabelsFromLabelable"))
        }
        return "mutation ChangeLabels(\(variables)) { \(fields.joined(separator: " ")) }"
    }

    private static func changedLabels(_ name: String, by mutation: String) -> String {
        "\(name): \(mutation)(input: {labelableId: $issue, labelIds: $\(name)}) { clientMutationId }"
    }
}
