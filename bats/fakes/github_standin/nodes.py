"""What every node of the GraphQL schema is made of: fields, connections, pages."""
import base64

from .graphql import QueryError

LARGEST_PAGE = 100


class Node:
    """A value with fields: each is a method `field_NAME(**arguments)`."""

    interfaces = ()

    def __init__(self, context, value=None):
        self.context = context
        self.value = value

    @property
    def kind(self):
        return type(self).__name__

    def field(self, name, arguments):
        method = getattr(self, f"field_{name}", None)
        if method is None:
            raise QueryError(f"Field '{name}' doesn't exist on type '{self.kind}'")
        given = {key: value for key, value in arguments.items() if value is not None}
        try:
            return method(**given)
        except TypeError as error:
            raise QueryError(f"Field '{name}' doesn't accept these arguments: {error}") from error


class Context:
    def __init__(self, world, login, features):
        self.world, self.login, self.features = world, login, features

    def need(self, feature, field, kind):
        if feature not in self.features:
            raise QueryError(f"Field '{field}' doesn't exist on type '{kind}'")

    def issue(self, identifier):
        issue = self.world.find_node(identifier)
        if issue is None:
            raise missing(f"Could not resolve to a node with the global id of '{identifier}'.")
        return issue

    def label(self, identifier):
        label = self.world.find_label(identifier)
        if label is None:
            raise missing(f"Could not resolve to a node with the global id of '{identifier}'.")
        return label

    def need_triage(self, repository, mutation):
        if repository.permission(self.login) not in ("admin", "maintain", "write", "triage"):
            raise QueryError(f"{self.login} does not have the correct permissions to execute `{mutation}`",
                             kind="FORBIDDEN")


def missing(message):
    return QueryError(message, kind="NOT_FOUND")


class Connection(Node):
    """A slice of a list: `first`/`after` from its beginning, `last`/`before` from its end."""

    def __init__(self, context, items, make, arguments):
        super().__init__(context)
        first, last = arguments.get("first"), arguments.get("last")
        if (first is None) == (last is None):
            raise QueryError("You must provide a `first` or `last` value to properly paginate the connection.",
                             kind="MISSING_PAGINATION_BOUNDARIES")
        if not 0 <= (first if last is None else last) <= LARGEST_PAGE:
            raise QueryError("Requesting more than 100 records on the connection.", kind="EXCESSIVE_PAGINATION")
        start = place(arguments["after"]) + 1 if "after" in arguments else 0
        end = place(arguments["before"]) if "before" in arguments else len(items)
        if first is not None:
            end = min(end, start + first)
        else:
            start = max(start, end - last)
        self.items, self.start, self.end, self.make = items, start, end, make

    def field_totalCount(self):
        return len(self.items)

    def field_nodes(self):
        return [self.make(self.context, item) for item in self.items[self.start:self.end]]

    def field_pageInfo(self):
        return PageInfo(self.context, self)


class PageInfo(Node):
    def field_hasNextPage(self):
        return self.value.end < len(self.value.items)

    def field_hasPreviousPage(self):
        return self.value.start > 0

    def field_startCursor(self):
        return cursor(self.value.start) if self.value.end > self.value.start else None

    def field_endCursor(self):
        return cursor(self.value.end - 1) if self.value.end > self.value.start else None


def cursor(index):
    return base64.b64encode(f"cursor:{index}".encode()).decode()


def place(text):
    return int(base64.b64decode(text).decode().split(":")[1])
