"""The checks of a pull request, as GraphQL shows them."""
from . import pulls
from .graphql import QueryError
from .nodes import Connection, Node


class PullRequestCommit(Node):
    def field_commit(self):
        return Commit(self.context, self.value)


class Commit(Node):
    def field_oid(self):
        return self.value.pull.get("sha", "0" * 40)

    def field_committedDate(self):
        return self.value.pull.get("committed_at", "2020-01-01T00:00:00Z")

    def field_statusCheckRollup(self):
        return StatusCheckRollup(self.context, self.value) if self.value.pull.get("checks") else None


class StatusCheckRollup(Node):
    def field_contexts(self, **arguments):
        return Connection(self.context, pulls.contexts(self.value), check, arguments)


class Plain(Node):
    """Fields that are members of a dictionary, under the names that it has them by."""

    names = {}

    def field(self, name, arguments):
        if name not in self.names:
            raise QueryError(f"Field '{name}' doesn't exist on type '{self.kind}'")
        return self.value.get(self.names[name])


class CheckRun(Plain):
    names = {"databaseId": "id", "name": "name", "status": "status", "conclusion": "conclusion", "title": "title",
             "completedAt": "completed_at", "checkSuite": "app"}

    def field(self, name, arguments):
        if name == "checkSuite":
            return CheckSuite(self.context, self.value)
        return super().field(name, arguments)


class CheckSuite(Node):
    def field_app(self):
        return App(self.context, self.value)


class App(Node):
    def field_slug(self):
        return self.value.get("app", "github-actions")


class StatusContext(Plain):
    names = {"context": "context", "state": "state", "description": "description", "createdAt": "completed_at"}


def check(context, entry):
    return (StatusContext if "context" in entry else CheckRun)(context, entry)
