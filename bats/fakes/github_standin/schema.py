"""The part of GitHub's GraphQL schema that the stand-in has."""
from . import board_nodes
from .check_nodes import PullRequestCommit
from .graphql import QueryError
from .model import iso8601
from .nodes import Connection, Context, Node, missing

FEATURE_SUB_ISSUES = "sub_issues"


class User(Node):
    interfaces = ("Actor",)

    def field_login(self):
        return self.value

    def field_url(self):
        return f"https://github.com/{self.value}"


class Bot(User):
    def field_login(self):
        # Only the REST API adds “[bot]”.
        return self.value[:-len("[bot]")]


def actor(context, login):
    if login is None:
        return None
    return (Bot if login.endswith("[bot]") else User)(context, login)


class Label(Node):
    def field_id(self):
        return self.value["node_id"]

    def field_name(self):
        return self.value["name"]

    def field_color(self):
        return self.value["color"]


class IssueComment(Node):
    def __init__(self, context, pair):
        issue, comment = pair
        super().__init__(context, comment)
        self.issue = issue

    def field_id(self):
        return f"IC_{self.value.id}"

    def field_databaseId(self):
        raise QueryError("Int cannot represent a value beyond 32 bits", kind="INTERNAL")

    def field_fullDatabaseId(self):
        return str(self.value.id)

    def field_body(self):
        return self.value.body

    def field_createdAt(self):
        return self.value.created_at

    def field_updatedAt(self):
        return self.value.updated_at

    def field_author(self):
        return actor(self.context, self.value.login)

    def field_authorAssociation(self):
        return self.issue.repository.association(self.value.login)

    def field_viewerDidAuthor(self):
        return self.value.login == self.context.login

    def field_url(self):
        return f"{self.issue.html_url}#issuecomment-{self.value.id}"


class Issue(Node):
    def field_id(self):
        return self.value.node_id

    def field_number(self):
        return self.value.number

    def field_title(self):
        return self.value.title

    def field_body(self):
        return self.value.body or ""

    def field_state(self):
        return self.value.state.upper()

    def field_url(self):
        return self.value.html_url

    def field_createdAt(self):
        return self.value.created_at

    def field_updatedAt(self):
        return self.value.updated_at

    def field_author(self):
        return actor(self.context, self.value.login)

    def field_authorAssociation(self):
        return self.value.repository.association(self.value.login)

    def field_viewerDidAuthor(self):
        return self.value.login == self.context.login

    def field_repository(self):
        return Repository(self.context, self.value.repository)

    def field_labels(self, **arguments):
        labels = [self.value.repository.label(name) for name in self.value.labels]
        return Connection(self.context, labels, Label, arguments)

    def field_comments(self, **arguments):
        pairs = [(self.value, comment) for comment in self.value.comments]
        return Connection(self.context, pairs, IssueComment, arguments)

    def field_subIssues(self, **arguments):
        self.context.need(FEATURE_SUB_ISSUES, "subIssues", "Issue")
        return Connection(self.context, self.value.children, Issue, arguments)

    def field_parent(self):
        self.context.need(FEATURE_SUB_ISSUES, "parent", "Issue")
        return Issue(self.context, self.value.parent) if self.value.parent else None


class PullRequest(Issue):
    def field_commits(self, **arguments):
        return Connection(self.context, [self.value], PullRequestCommit, arguments)


class Reference(Node):
    def field_name(self):
        return self.value


class Repository(Node):
    def field_id(self):
        return f"R_{self.value.id}"

    def field_name(self):
        return self.value.name

    def field_nameWithOwner(self):
        return self.value.full_name

    def field_isArchived(self):
        return self.value.archived

    def field_viewerPermission(self):
        permission = self.value.permission(self.context.login).upper()
        return "READ" if permission == "NONE" else permission

    def field_defaultBranchRef(self):
        return Reference(self.context, self.value.default_branch)

    def field_issue(self, number):
        issue = self.value.issues.get(number)
        if issue is None or issue.pull:
            raise missing(f"Could not resolve to an Issue with the number of {number}.")
        return Issue(self.context, issue)

    def field_issues(self, orderBy=None, states=None, labels=None, filterBy=None, **arguments):
        order = orderBy or {"field": "CREATED_AT", "direction": "ASC"}
        by = {"CREATED_AT": lambda i: (i.created_at, i.number), "UPDATED_AT": lambda i: (i.updated_at, i.number)}
        wanted = [states] if isinstance(states, str) else states
        creator = (filterBy or {}).get("createdBy")
        items = [issue for issue in self.value.issues.values() if not issue.pull
                 and (wanted is None or issue.state.upper() in wanted)
                 and (labels is None or set(labels) & set(issue.labels))
                 and (creator is None or issue.login == creator)]
        items.sort(key=by[order["field"]], reverse=order["direction"] == "DESC")
        return Connection(self.context, items, Issue, arguments)


class RateLimit(Node):
    def field_limit(self):
        return self.value.limit

    def field_remaining(self):
        return self.value.remaining

    def field_used(self):
        return self.value.limit - self.value.remaining

    def field_cost(self):
        return 1

    def field_resetAt(self):
        return iso8601(self.value.reset)


class Query(Node):
    def field_viewer(self):
        return actor(self.context, self.context.login)

    def field_repository(self, owner, name, followRenames=True):
        repository = self.context.world.repository(f"{owner}/{name}")
        if repository is None:
            raise missing(f"Could not resolve to a Repository with the name '{owner}/{name}'.")
        return Repository(self.context, repository)

    def field_node(self, id):
        if id in self.context.world.boards:
            return board_nodes.ProjectV2(self.context, self.context.world.boards[id])
        issue = self.context.issue(id)
        return (PullRequest if issue.pull else Issue)(self.context, issue)

    def field_nodes(self, ids):
        return [self.field_node(identifier) for identifier in ids]

    def field_rateLimit(self):
        return RateLimit(self.context, self.context.world.quotas["graphql"])


class AddSubIssuePayload(Node):
    def field_issue(self):
        return Issue(self.context, self.value[0])

    def field_subIssue(self):
        return Issue(self.context, self.value[1])


class LabelsPayload(Node):
    """What both mutations of labels answer; `value` is the client's own id and the issue."""

    def field_clientMutationId(self):
        return self.value[0]

    def field_labelable(self):
        issue = self.value[1]
        return (PullRequest if issue.pull else Issue)(self.context, issue)


class AddLabelsToLabelablePayload(LabelsPayload):
    pass


class RemoveLabelsFromLabelablePayload(LabelsPayload):
    pass


class RepositoryPayload(Node):
    def field_repository(self):
        return Repository(self.context, self.value)


class Mutation(Node):
    def field_createProjectV2(self, input):
        return board_nodes.create(self.context, input)

    def field_updateProjectV2Field(self, input):
        return board_nodes.configure(self.context, input)

    def field_linkProjectV2ToRepository(self, input):
        board_nodes.find(self.context, input["projectId"])
        found = [entry for entry in self.context.world.repositories.values() if f"R_{entry.id}" == input["repositoryId"]]
        if not found:
            raise missing(f"Could not resolve to a node with the global id of '{input['repositoryId']}'.")
        return RepositoryPayload(self.context, found[0])

    def field_addProjectV2ItemById(self, input):
        return board_nodes.place(self.context, input)

    def field_updateProjectV2ItemFieldValue(self, input):
        return board_nodes.move(self.context, input)

    def field_archiveProjectV2Item(self, input):
        return board_nodes.archive(self.context, input)

    def field_addLabelsToLabelable(self, input):
        return self.change_labels(input, AddLabelsToLabelablePayload, lambda labels, named: labels + [
            name for name in named if name not in labels])

    def field_removeLabelsFromLabelable(self, input):
        # One that the issue does not have is no error.
        return self.change_labels(input, RemoveLabelsFromLabelablePayload, lambda labels, named: [
            name for name in labels if name not in named])

    def change_labels(self, input, payload, change):
        issue = self.context.issue(input["labelableId"])
        self.context.need_triage(issue.repository, payload.__name__.removesuffix("Payload"))
        before = issue.labels
        issue.labels = change(before, [self.context.label(identifier)["name"] for identifier in input["labelIds"]])
        if issue.labels != before:
            self.context.world.touch(issue)
        return payload(self.context, (input.get("clientMutationId"), issue))

    def field_addSubIssue(self, input):
        self.context.need(FEATURE_SUB_ISSUES, "addSubIssue", "Mutation")
        parent, child = self.context.issue(input["issueId"]), self.context.issue(input["subIssueId"])
        if child.parent is not None and not input.get("replaceParent"):
            raise QueryError("Issue may not contain duplicate sub-issues and Sub issue may only have one parent",
                             kind="UNPROCESSABLE")
        if child.parent is not None:
            child.parent.children.remove(child)
        child.parent = parent
        parent.children.append(child)
        self.context.world.touch(parent)
        self.context.world.touch(child)
        return AddSubIssuePayload(self.context, (parent, child))


def roots(world, login, features):
    context = Context(world, login, features)
    return {"query": Query(context), "mutation": Mutation(context)}
