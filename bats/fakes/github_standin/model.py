"""What the stand-in knows: accounts, repositories, issues, pull requests, labels, comments.

Plain objects behind one lock, which the server holds for the length of a request.
"""
import base64
import datetime
import threading

DEFAULT_LABEL_COLOUR = "ededed"


class Clock:
    """The server's time: real, or held still where a test sets it."""

    def __init__(self):
        self.fixed = None

    def seconds(self):
        return self.fixed if self.fixed is not None else int(datetime.datetime.now().timestamp())

    def text(self):
        return iso8601(self.seconds())


def iso8601(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_iso8601(text):
    moment = datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")
    return int(moment.replace(tzinfo=datetime.timezone.utc).timestamp())


def node_id(kind, number):
    return f"{kind}_" + base64.urlsafe_b64encode(str(number).encode()).decode().rstrip("=")


class Comment:
    def __init__(self, identifier, body, login, now):
        # Real ids have outgrown 32 bits, which GraphQL's Int does not hold.
        self.id = 3_000_000_000 + identifier
        self.body = body
        self.login = login
        self.created_at = self.updated_at = now


class Issue:
    """An issue, or a pull request where `pull` says which branches it is about."""

    def __init__(self, repository, number, title, login, now):
        self.repository = repository
        self.number = number
        self.id = repository.id * 100_000 + number
        self.title = title
        self.body = None
        self.login = login
        self.labels = []
        self.state = "open"
        self.state_reason = None
        self.created_at = self.updated_at = now
        self.closed_at = None
        # Pull requests only.
        self.merged_at = None
        self.comments = []
        self.parent = None
        self.children = []
        self.pull = None

    @property
    def node_id(self):
        return node_id("PR" if self.pull else "I", self.id)

    @property
    def html_url(self):
        kind = "pull" if self.pull else "issues"
        return f"https://github.com/{self.repository.full_name}/{kind}/{self.number}"


class Repository:
    def __init__(self, identifier, full_name):
        self.id = identifier
        self.full_name = full_name
        self.default_branch = "main"
        self.labels = {}
        self.last_label = 0
        self.issues = {}
        self.deleted = set()
        self.moved = {}
        self.collaborators = {}
        self.members = set()
        # A bare repository that says which branches there are; without one every branch counts as there.
        self.git_dir = None
        self.next_number = 1
        self.archived = False

    @property
    def owner(self):
        return self.full_name.split("/")[0]

    @property
    def name(self):
        return self.full_name.split("/")[1]

    def permission(self, login):
        if login.lower() == self.owner.lower():
            return "admin"
        return self.collaborators.get(login.lower(), "none")

    def association(self, login):
        if not login:
            return "NONE"
        if login.lower() == self.owner.lower():
            return "OWNER"
        if login.lower() in self.members:
            return "MEMBER"
        return "COLLABORATOR" if login.lower() in self.collaborators else "NONE"

    def label(self, name):
        """The label of that name in any case, as GitHub finds it."""
        return self.labels.get(name.lower())

    def ensure_label(self, name, colour=DEFAULT_LABEL_COLOUR, description=None):
        if name.lower() not in self.labels:
            # A label that was deleted and made anew is another one.
            self.last_label += 1
            identifier = self.id * 100_000 + self.last_label
            self.labels[name.lower()] = {"name": name, "color": colour, "description": description, "id": identifier,
                                         "node_id": node_id("LA", identifier)}
        return self.labels[name.lower()]

    def delete_label(self, name):
        del self.labels[name.lower()]
        for issue in self.issues.values():
            issue.labels = [label for label in issue.labels if label.lower() != name.lower()]


class World:
    def __init__(self):
        self.lock = threading.RLock()
        self.clock = Clock()
        self.repositories = {}
        self.boards = {}
        self.tokens = {}
        self.users = {}
        self.last_id = 0
        self.quotas = {}
        self.misbehaviours = []
        self.requests = []

    def next_id(self):
        self.last_id += 1
        return self.last_id

    def repository(self, full_name):
        return self.repositories.get(full_name.lower())

    def add_repository(self, full_name):
        repository = Repository(self.next_id(), full_name)
        self.repositories[full_name.lower()] = repository
        return repository

    def add_issue(self, repository, title, login):
        issue = Issue(repository, repository.next_number, title, login, self.clock.text())
        repository.next_number += 1
        repository.issues[issue.number] = issue
        return issue

    def add_comment(self, issue, body, login):
        comment = Comment(self.next_id(), body, login, self.clock.text())
        issue.comments.append(comment)
        self.touch(issue)
        return comment

    def touch(self, issue):
        issue.updated_at = self.clock.text()

    def set_state(self, issue, state, reason=None):
        issue.state = state
        issue.closed_at = self.clock.text() if state == "closed" else None
        issue.state_reason = (reason or "completed") if state == "closed" else reason
        self.touch(issue)

    def find_node(self, identifier):
        for repository in self.repositories.values():
            for issue in repository.issues.values():
                if issue.node_id == identifier:
                    return issue
        return None

    def find_label(self, identifier):
        for repository in self.repositories.values():
            for label in repository.labels.values():
                if label["node_id"] == identifier:
                    return label
        return None
