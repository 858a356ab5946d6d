"""Projects (v2) as GraphQL shows them: a status field with columns, and cards for issues.

A board is {"id", "number", "title", "field", "options": [{"id", "name"}], "cards": {ISSUE'S NODE: OPTION'S ID}}.
"""
from . import views
from .graphql import QueryError
from .nodes import Connection, Node, missing


class ProjectV2(Node):
    def field_id(self):
        return self.value["id"]

    def field_number(self):
        return self.value["number"]

    def field_title(self):
        return self.value["title"]

    def field_fields(self, **arguments):
        return Connection(self.context, [self.value], ProjectV2SingleSelectField, arguments)


class ProjectV2SingleSelectField(Node):
    def field_id(self):
        return self.value["field"]

    def field_name(self):
        return "Status"

    def field_dataType(self):
        return "SINGLE_SELECT"

    def field_options(self):
        return [Option(self.context, entry) for entry in self.value["options"]]


class Option(Node):
    def field_id(self):
        return self.value["id"]

    def field_name(self):
        return self.value["name"]


class ProjectV2Item(Node):
    def field_id(self):
        return self.value


class BoardPayload(Node):
    """What the mutations of boards themselves answer; `value` is the board."""

    def field_projectV2(self):
        return ProjectV2(self.context, self.value)

    def field_projectV2Field(self):
        return ProjectV2SingleSelectField(self.context, self.value)


class ItemPayload(Node):
    def field_item(self):
        return ProjectV2Item(self.context, self.value)

    field_projectV2Item = field_item


def place(context, input):
    board = find(context, input["projectId"])
    issue = context.issue(input["contentId"])
    board["cards"].setdefault(issue.node_id, None)
    return ItemPayload(context, f"PVTI_{issue.node_id}")


def move(context, input):
    board = find(context, input["projectId"])
    issue = input["itemId"].removeprefix("PVTI_")
    option = input["value"]["singleSelectOptionId"]
    if issue not in board["cards"] or input["fieldId"] != board["field"]:
        raise missing("Could not resolve to a node with the global id of the item or the field.")
    if option not in [entry["id"] for entry in board["options"]]:
        raise QueryError("The single select option Id does not belong to the field", kind="UNPROCESSABLE")
    board["cards"][issue] = option
    return ItemPayload(context, input["itemId"])


def archive(context, input):
    board = find(context, input["projectId"])
    if board["cards"].pop(input["itemId"].removeprefix("PVTI_"), False) is False:
        raise missing("Could not resolve to a node with the global id of the item.")
    return ItemPayload(context, input["itemId"])


def find(context, identifier):
    if identifier not in context.world.boards:
        raise missing(f"Could not resolve to a node with the global id of '{identifier}'.")
    return context.world.boards[identifier]


def create(context, input):
    if input["ownerId"] not in [views.user(login)["node_id"] for login in context.world.users.values()]:
        raise missing(f"Could not resolve to a node with the global id of '{input['ownerId']}'.")
    return BoardPayload(context, make(context.world, {"title": input["title"], "columns": ["Todo", "Done"]}))


def configure(context, input):
    for board in context.world.boards.values():
        if board["field"] == input["fieldId"]:
            board["options"] = [{"id": f"opt_{board['number']}_{index}", "name": option["name"]}
                                for index, option in enumerate(input["singleSelectOptions"])]
            return BoardPayload(context, board)
    raise missing(f"Could not resolve to a node with the global id of '{input['fieldId']}'.")


# Controls: see admin.py

def make(world, body):
    """{"title", "columns": [NAME]}: a board; answers it."""
    number = len(world.boards) + 1
    board = {"id": f"PVT_{number}", "number": number, "title": body["title"], "field": f"PVTSSF_{number}", "cards": {},
             "options": [{"id": f"opt_{number}_{index}", "name": name} for index, name in enumerate(body["columns"])]}
    world.boards[board["id"]] = board
    return board


def shown(world, body):
    """Every board, with the columns of its cards by issue number."""
    def column(board, option):
        return next((entry["name"] for entry in board["options"] if entry["id"] == option), None)
    return {board["title"]: {str(world.find_node(node).number): column(board, option)
                             for node, option in board["cards"].items()} for board in world.boards.values()}
