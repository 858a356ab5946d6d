"""The REST API: a table of routes, each a function of the request."""
import re
import subprocess
import urllib.parse

from . import views
from .answers import Answer, Refusal, invalid, not_found
from .model import parse_iso8601

LARGEST_PAGE = 100
DEFAULT_PAGE = 30
ROUTES = []


class Request:
    def __init__(self, method, target, headers, body, login):
        parts = urllib.parse.urlsplit(target)
        self.method = method
        self.target = target
        self.path = parts.path
        self.query = dict(urllib.parse.parse_qsl(parts.query, keep_blank_values=True))
        self.headers = headers
        self.body = body
        self.login = login


def route(method, pattern):
    """Registers a function for a path such as `/repos/:repo/issues/:number`; `:repo` takes owner and name."""
    expression = re.sub(r":(\w+)", lambda found: f"(?P<{found[1]}>[^/]+)", pattern.replace(":repo", "<repo>"))
    expression = expression.replace("<repo>", r"(?P<repo>[^/]+/[^/]+)")

    def register(function):
        ROUTES.append((method, re.compile(expression + "$"), function))
        return function
    return register


def answer(world, request):
    request.path = path = by_name(world, request.path)
    allowed = False
    for method, expression, function in ROUTES:
        found = expression.match(path)
        if not found:
            continue
        if method == request.method:
            arguments = {name: urllib.parse.unquote(value) for name, value in found.groupdict().items()}
            return call(world, request, function, arguments)
        allowed = True
    raise Refusal(405, "Method Not Allowed") if allowed else not_found()


def by_name(world, path):
    """`/repositories/17/…`, as in the links to further pages, is `/repos/OWNER/NAME/…`."""
    found = re.match(r"/repositories/(\d+)(?=/|$)", path)
    if not found:
        return path
    for repository in world.repositories.values():
        if repository.id == int(found[1]):
            return f"/repos/{repository.full_name}{path[found.end():]}"
    raise not_found()


def call(world, request, function, arguments):
    if "repo" in arguments:
        repository = world.repository(arguments["repo"])
        if repository is None:
            raise not_found()
        arguments["repo"] = repository
        if request.method != "GET" and repository.permission(request.login) not in ("admin", "write"):
            raise Refusal(403, "Must have push access to repository.")
    if "number" in arguments:
        arguments["issue"] = issue_of(arguments["repo"], arguments.pop("number"))
    return function(world, request, **arguments)


def issue_of(repository, number):
    if not number.isdigit():
        raise not_found()
    if int(number) in repository.moved:
        location = f"{views.API}{repository.moved[int(number)]}"
        raise Refusal(301, "Moved Permanently", headers={"Location": location})
    if int(number) in repository.deleted:
        raise Refusal(410, "This issue was deleted")
    if int(number) not in repository.issues:
        raise not_found()
    return repository.issues[int(number)]


def page(request, repository, items):
    """One page of `items` with the Link header: RFC 8288, with the relations GitHub gives."""
    size = min(LARGEST_PAGE, max(1, int(request.query.get("per_page", DEFAULT_PAGE))))
    number = max(1, int(request.query.get("page", 1)))
    last = max(1, -(-len(items) // size))
    below = request.path.split(repository.full_name, 1)[-1]

    def link(relation, target):
        query = urllib.parse.urlencode({**request.query, "page": target})
        return f'<{views.API}/repositories/{repository.id}{below}?{query}>; rel="{relation}"'
    links = []
    if number > 1:
        links += [link("prev", number - 1)]
    if number < last:
        links += [link("next", number + 1), link("last", last)]
    if number > 1:
        links += [link("first", 1)]
    headers = {"Link": ", ".join(links)} if links else {}
    return Answer(200, items[(number - 1) * size:number * size], headers)


# Accounts and repositories

@route("GET", "/user")
def viewer(world, request):
    return Answer(200, views.user(request.login), {"X-OAuth-Scopes": "repo, read:org"})


@route("GET", "/users/:login")
def account(world, request, login):
    if login.lower() not in world.users:
        raise not_found()
    return Answer(200, views.user(world.users[login.lower()]))


@route("POST", "/users/:login/projectsV2/:board/views")
def add_view(world, request, login, board):
    if board not in [str(entry["number"]) for entry in world.boards.values()]:
        raise not_found()
    return Answer(201, {"name": request.body["name"], "layout": request.body["layout"]})


@route("GET", "/rate_limit")
def rate_limit(world, request):
    return Answer(200, {"resources": {name: quota.shown() for name, quota in world.quotas.items()}})


@route("GET", "/repos/:repo")
def repository(world, request, repo):
    return Answer(200, views.repository(repo, request.login))


@route("GET", "/repos/:repo/collaborators/:login/permission")
def permission(world, request, repo, login):
    if repo.permission(request.login) not in ("admin", "write"):
        raise Refusal(403, "Must have push access to view collaborator permission.")
    if login.lower() not in world.users:
        raise Refusal(404, f"{login} is not a user")
    role = repo.permission(login)
    # `permission` knows only four words; `role_name` tells the finer roles apart.
    coarse = {"maintain": "write", "triage": "read"}.get(role, role)
    return Answer(200, {"permission": "read" if coarse == "none" else coarse, "role_name": role,
                        "user": views.user(world.users[login.lower()])})


# Issues

@route("GET", "/search/issues")
def search_issues(world, request):
    """The qualifiers `repo:`, `is:` and `label:`; GitHub has more."""
    words = [word.partition(":")[::2] for word in request.query.get("q", "").split()]
    wanted = {name: [value for key, value in words if key == name] for name in ("repo", "is", "label")}
    if sorted({key for key, _ in words}) != sorted(name for name in wanted if wanted[name]):
        raise invalid({"resource": "Search", "field": "q", "code": "invalid"})
    repo = world.repository("".join(wanted["repo"]))
    found = [issue for issue in (repo.issues.values() if repo else [])
             if all(word in (issue.state, "pr" if issue.pull else "issue") for word in wanted["is"])
             and all(name.lower() in [label.lower() for label in issue.labels] for name in wanted["label"])]
    size = int(request.query.get("per_page", DEFAULT_PAGE))
    return Answer(200, {"total_count": len(found), "incomplete_results": False,
                        "items": [views.issue(issue) for issue in found[:size]]})


@route("GET", "/repos/:repo/issues")
def list_issues(world, request, repo):
    query = request.query
    state = query.get("state", "open")
    wanted = [name.lower() for name in query.get("labels", "").split(",") if name]
    items = [
        issue for issue in repo.issues.values()
        if state in ("all", issue.state)
        and all(name in [label.lower() for label in issue.labels] for name in wanted)
        and ("creator" not in query or (issue.login or "ghost").lower() == query["creator"].lower())
        and ("since" not in query or parse_iso8601(issue.updated_at) >= parse_iso8601(query["since"]))
    ]
    order = {"created": lambda i: (i.created_at, i.number), "updated": lambda i: (i.updated_at, i.number),
             "comments": lambda i: (len(i.comments), i.number)}[query.get("sort", "created")]
    items.sort(key=order, reverse=query.get("direction", "desc") == "desc")
    return page(request, repo, [views.issue(issue) for issue in items])


@route("POST", "/repos/:repo/issues")
def create_issue(world, request, repo):
    if not request.body.get("title"):
        raise invalid({"resource": "Issue", "code": "missing_field", "field": "title"})
    issue = world.add_issue(repo, request.body["title"], request.login)
    issue.body = request.body.get("body")
    put_labels(repo, issue, request.body.get("labels", []))
    return Answer(201, views.issue(issue))


# Before `:number`, which takes any word.
@route("GET", "/repos/:repo/issues/comments")
def list_all_comments(world, request, repo):
    query = request.query
    since = query.get("since", "1970-01-01T00:00:00Z")
    found = [(comment, issue) for issue in repo.issues.values() for comment in issue.comments
             if comment.updated_at >= since]
    field = "updated_at" if query.get("sort") == "updated" else "created_at"
    # Only a sort that was asked for may be turned round.
    newest_first = "sort" in query and query.get("direction", "desc") == "desc"
    found.sort(key=lambda pair: (getattr(pair[0], field), pair[0].id), reverse=newest_first)
    return page(request, repo, [views.comment(comment, issue) for comment, issue in found])


@route("GET", "/repos/:repo/issues/:number")
def get_issue(world, request, repo, issue):
    return Answer(200, views.issue(issue))


@route("PATCH", "/repos/:repo/issues/:number")
def change_issue(world, request, repo, issue):
    for field in ("title", "body"):
        if field in request.body:
            setattr(issue, field, request.body[field])
    if "labels" in request.body:
        put_labels(repo, issue, request.body["labels"])
    if "state" in request.body and request.body["state"] != issue.state:
        world.set_state(issue, request.body["state"], request.body.get("state_reason"))
    world.touch(issue)
    return Answer(200, views.issue(issue))


# Labels

def put_labels(repo, issue, names):
    """Sets an issue's labels; those the repository lacks are made, as GitHub does for who may push."""
    names = [name["name"] if isinstance(name, dict) else name for name in names]
    for name in names:
        check_label_name(name)
    kept = []
    for name in names:
        known = repo.ensure_label(name)["name"]
        if known not in kept:
            kept.append(known)
    issue.labels = kept


def check_label_name(name):
    if not name or len(name) > 50:
        raise invalid({"resource": "Label", "code": "invalid", "field": "name"})


@route("GET", "/repos/:repo/labels")
def list_labels(world, request, repo):
    return page(request, repo, [views.label(repo, entry) for entry in repo.labels.values()])


@route("POST", "/repos/:repo/labels")
def create_label(world, request, repo):
    name = request.body.get("name", "")
    check_label_name(name)
    if repo.label(name):
        raise invalid({"resource": "Label", "code": "already_exists", "field": "name"})
    entry = repo.ensure_label(name, request.body.get("color", "ededed"), request.body.get("description"))
    return Answer(201, views.label(repo, entry))


@route("GET", "/repos/:repo/labels/:name")
def get_label(world, request, repo, name):
    if not repo.label(name):
        raise not_found()
    return Answer(200, views.label(repo, repo.label(name)))


@route("DELETE", "/repos/:repo/labels/:name")
def delete_label(world, request, repo, name):
    if not repo.label(name):
        raise not_found()
    repo.delete_label(name)
    return Answer(204)


def labels_answer(world, repo, issue):
    world.touch(issue)
    return Answer(200, [views.label(repo, repo.label(name)) for name in issue.labels])


@route("GET", "/repos/:repo/issues/:number/labels")
def issue_labels(world, request, repo, issue):
    return page(request, repo, [views.label(repo, repo.label(name)) for name in issue.labels])


@route("POST", "/repos/:repo/issues/:number/labels")
def add_labels(world, request, repo, issue):
    put_labels(repo, issue, issue.labels + request.body["labels"])
    return labels_answer(world, repo, issue)


@route("PUT", "/repos/:repo/issues/:number/labels")
def replace_labels(world, request, repo, issue):
    put_labels(repo, issue, request.body["labels"])
    return labels_answer(world, repo, issue)


@route("DELETE", "/repos/:repo/issues/:number/labels/:name")
def remove_label(world, request, repo, issue, name):
    found = [label for label in issue.labels if label.lower() == name.lower()]
    if not found:
        raise Refusal(404, "Label does not exist")
    issue.labels.remove(found[0])
    return labels_answer(world, repo, issue)


# Comments

@route("GET", "/repos/:repo/issues/:number/comments")
def list_comments(world, request, repo, issue):
    since = request.query.get("since", "1970-01-01T00:00:00Z")
    return page(request, repo, [views.comment(comment, issue) for comment in issue.comments
                                if comment.updated_at >= since])


@route("POST", "/repos/:repo/issues/:number/comments")
def create_comment(world, request, repo, issue):
    if not request.body.get("body"):
        raise invalid({"resource": "IssueComment", "code": "missing_field", "field": "body"})
    return Answer(201, views.comment(world.add_comment(issue, request.body["body"], request.login), issue))


@route("PATCH", "/repos/:repo/issues/comments/:identifier")
def change_comment(world, request, repo, identifier):
    for issue in repo.issues.values():
        for comment in issue.comments:
            if str(comment.id) == identifier:
                comment.body = request.body["body"]
                comment.updated_at = world.clock.text()
                return Answer(200, views.comment(comment, issue))
    raise not_found()


# Pull requests

@route("GET", "/repos/:repo/pulls")
def list_pulls(world, request, repo):
    state = request.query.get("state", "open")
    owner, _, branch = request.query.get("head", "").partition(":")
    items = [
        issue for issue in repo.issues.values()
        if issue.pull and state in ("all", issue.state)
        # Like GitHub, a head without an owner is no filter at all.
        and (not branch or (owner.lower() == repo.owner.lower() and issue.pull["head"] == branch))
        and request.query.get("base", issue.pull["base"]) == issue.pull["base"]
    ]
    order = {"created": lambda i: i.number, "updated": lambda i: (i.updated_at, i.number)}
    direction = request.query.get("direction", "desc" if "sort" not in request.query else "asc")
    items.sort(key=order[request.query.get("sort", "created")], reverse=direction == "desc")
    for issue in items:
        refresh(world, repo, issue)
    return page(request, repo, [views.pull(issue) for issue in items])


def refresh(world, repo, issue):
    """The branch's end as the repository has it now; a push is a change of the pull request."""
    if issue.state == "open" and repo.git_dir and not issue.pull.get("fork"):
        sha = commit(repo, issue.pull["head"])
        if sha and sha != issue.pull.get("sha"):
            issue.pull["sha"] = sha
            world.touch(issue)


@route("GET", "/repos/:repo/pulls/:number")
def get_pull(world, request, repo, issue):
    if not issue.pull:
        raise not_found()
    refresh(world, repo, issue)
    return Answer(200, views.pull(issue))


@route("POST", "/repos/:repo/pulls")
def create_pull(world, request, repo):
    body = request.body
    head = body["head"].split(":")[-1]
    check_branches(repo, head, body["base"])
    for issue in repo.issues.values():
        if issue.pull and issue.state == "open" and issue.pull["head"] == head:
            raise custom(f"A pull request already exists for {repo.owner}:{head}.")
    issue = world.add_issue(repo, body["title"], request.login)
    issue.body = body.get("body")
    issue.pull = {"head": head, "base": body["base"], "sha": commit(repo, head) or "0" * 40}
    return Answer(201, views.pull(issue))


def custom(message):
    return invalid({"resource": "PullRequest", "code": "custom", "message": message})


def check_branches(repo, head, base):
    for field, branch in (("head", head), ("base", base)):
        if repo.git_dir and not commit(repo, branch):
            raise invalid({"resource": "PullRequest", "field": field, "code": "invalid"})
    if head == base or (repo.git_dir and git(repo, "rev-list", "--count", f"{base}..{head}") == "0"):
        raise custom(f"No commits between {base} and {head}")


def commit(repo, branch):
    return git(repo, "rev-parse", "--verify", "--quiet", f"refs/heads/{branch}^{{commit}}") if repo.git_dir else None


def git(repo, *arguments):
    done = subprocess.run(["git", "--git-dir", repo.git_dir, *arguments], capture_output=True, text=True, timeout=20)
    return done.stdout.strip()
