"""Answers and the errors of the REST API, with the bodies GitHub gives them."""

DOCUMENTATION = "https://docs.github.com/rest"


class Answer:
    def __init__(self, status, body=None, headers=None):
        self.status = status
        self.body = body
        self.headers = headers or {}


class Refusal(Exception):
    """An error answer; raised anywhere, sent by the server."""

    def __init__(self, status, message, errors=None, headers=None, documentation=DOCUMENTATION):
        super().__init__(message)
        body = {"message": message, "documentation_url": documentation, "status": str(status)}
        if errors is not None:
            body["errors"] = errors
        self.answer = Answer(status, body, headers)


def not_found():
    return Refusal(404, "Not Found")


def invalid(*errors):
    return Refusal(422, "Validation Failed", list(errors))
