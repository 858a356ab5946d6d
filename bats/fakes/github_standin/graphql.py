"""A GraphQL reader and executor, as large as the queries of tests need: spec.graphql.org, October 2021.

Understood: one operation with variables, fields with arguments and aliases, inline fragments. A field that the
schema does not have is an error, as with the real server, so a query that works here asks for what exists.
"""
import re

TOKEN = re.compile(r'[\s,]*(?:#[^\n]*\n[\s,]*)*(\.\.\.|[{}()\[\]:$!=]|"(?:[^"\\]|\\.)*"|-?\d+|\w+)')


class QueryError(Exception):
    def __init__(self, message, kind=None, path=None):
        super().__init__(message)
        self.shown = {"message": message}
        if kind:
            self.shown["type"] = kind
        if path:
            self.shown["path"] = path


class Field:
    def __init__(self, name, alias, arguments, selection):
        self.name, self.alias, self.arguments, self.selection = name, alias, arguments, selection


class Fragment:
    def __init__(self, kind, selection):
        self.kind, self.selection = kind, selection


class Parser:
    def __init__(self, text, variables):
        self.tokens = self.split(text)
        self.variables = variables
        self.position = 0

    @staticmethod
    def split(text):
        tokens, position = [], 0
        text = text.rstrip() + "\n"
        while position < len(text) and text[position:].strip(" \t\r\n,"):
            found = TOKEN.match(text, position)
            if not found:
                raise QueryError(f"Parse error at character {position}")
            tokens.append(found[1])
            position = found.end()
        return tokens

    def peek(self):
        return self.tokens[self.position] if self.position < len(self.tokens) else None

    def take(self, expected=None):
        token = self.peek()
        if token is None or (expected and token != expected):
            raise QueryError(f"Parse error on {token!r}, expected {expected!r}")
        self.position += 1
        return token

    def operation(self):
        """`query Name($a: Int!) { … }` or just `{ … }`; answers the kind, the name and the fields."""
        kind, name = "query", None
        if self.peek() != "{":
            kind = self.take()
            if self.peek() not in ("(", "{"):
                name = self.take()
            if self.peek() == "(":
                self.declarations()
        fields = self.selection()
        if self.peek() is not None:
            raise QueryError(f"Parse error on {self.peek()!r}")
        return kind, name, fields

    def declarations(self):
        self.take("(")
        while self.peek() != ")":
            self.take("$")
            name = self.take()
            self.take(":")
            while self.peek() == "[":
                self.take()
            self.take()
            required = False
            while self.peek() in ("]", "!"):
                required = self.take() == "!"
            if required and self.variables.get(name) is None:
                raise QueryError(f"Variable ${name} was provided invalid value")
            self.variables.setdefault(name, None)
        self.take(")")

    def selection(self):
        self.take("{")
        fields = []
        while self.peek() != "}":
            if self.peek() == "...":
                self.take()
                self.take("on")
                fields.append(Fragment(self.take(), self.selection()))
            else:
                fields.append(self.field())
        self.take("}")
        return fields

    def field(self):
        name = alias = self.take()
        if self.peek() == ":":
            self.take()
            name = self.take()
        arguments = {}
        if self.peek() == "(":
            self.take()
            while self.peek() != ")":
                key = self.take()
                self.take(":")
                arguments[key] = self.value()
            self.take()
        return Field(name, alias, arguments, self.selection() if self.peek() == "{" else None)

    def value(self):
        token = self.take()
        if token == "$":
            name = self.take()
            if name not in self.variables:
                raise QueryError(f"Variable ${name} is used but not declared")
            return self.variables[name]
        if token == "{":
            members = {}
            while self.peek() != "}":
                key = self.take()
                self.take(":")
                members[key] = self.value()
            self.take()
            return members
        if token == "[":
            elements = []
            while self.peek() != "]":
                elements.append(self.value())
            self.take()
            return elements
        if token[0] == '"':
            return token[1:-1].encode().decode("unicode_escape")
        if token in ("true", "false", "null"):
            return {"true": True, "false": False, "null": None}[token]
        return int(token) if re.fullmatch(r"-?\d+", token) else token


class Execution:
    """Fills a selection from nodes; a node answers `kind` and `field(name, arguments)`."""

    def __init__(self):
        self.errors = []

    def fill(self, node, selection, path):
        answer = {}
        for part in selection:
            if isinstance(part, Fragment):
                if part.kind == node.kind or part.kind in node.interfaces:
                    answer.update(self.fill(node, part.selection, path))
            else:
                answer[part.alias] = self.resolve(node, part, path + [part.alias])
        return answer

    def resolve(self, node, field, path):
        if field.name == "__typename":
            return node.kind
        try:
            value = node.field(field.name, field.arguments)
        except QueryError as error:
            if "type" not in error.shown:
                raise
            error.shown["path"] = path
            self.errors.append(error.shown)
            return None
        return self.complete(value, field, path)

    def complete(self, value, field, path):
        if isinstance(value, list):
            return [self.complete(item, field, path + [index]) for index, item in enumerate(value)]
        if hasattr(value, "kind"):
            if field.selection is None:
                raise QueryError(f"Field must have selections (field '{field.name}')")
            return self.fill(value, field.selection, path)
        if value is not None and field.selection is not None:
            raise QueryError(f"Selections can't be made on scalars (field '{field.name}')")
        return value


def run(roots, text, variables):
    """Runs one operation over `roots`, a node for each of query and mutation; answers its name and the body."""
    try:
        kind, name, selection = Parser(text, dict(variables)).operation()
        execution = Execution()
        body = {"data": execution.fill(roots[kind], selection, [])}
        if execution.errors:
            body["errors"] = execution.errors
    except QueryError as error:
        return None, {"errors": [error.shown]}
    fields = [part.name for part in selection if isinstance(part, Field)]
    return name or (fields[0] if fields else kind), body
