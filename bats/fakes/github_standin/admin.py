"""The controls, under /__admin/; they are neither logged nor counted.

    POST /__admin/seed         {"viewer", "tokens": {TOKEN: LOGIN}, "users": [LOGIN], "repositories": [
                               {"full_name", "default_branch", "git_dir", "archived", "collaborators": {LOGIN: ROLE},
                                "members": [LOGIN], "labels": [{"name", "color"}], "issues": [ISSUE]}]}
                               Adds to what is there; an ISSUE is as below.
    POST /__admin/issues       {"repository", "title", "body", "login", "labels", "state", "comments": [{"body",
                               "login"}], "pull": {"head", "base"}}: one that a person made; answers its REST picture.
                               "count": N makes N of them, numbered in the title.
    POST /__admin/comments     {"repository", "number", "body", "login"}
    POST /__admin/change       {"repository", "number", and any of "title", "body", "labels" (all of them),
                               "add_labels", "state", "login", "merged": a pull request's end}
    POST /__admin/boards       {"title", "columns": [NAME]}: a board with a status field; answers it with its ids
    GET  /__admin/boards       the column of each card, by board's title and issue's number
    POST /__admin/pull         {"repository", "number", and what pulls.py says}: its checks, files, reviews …
    POST /__admin/deliver      {"repository", "event", "payload", "login", "count", "lost"}: tells the webhooks of
                               something; lost: nothing is sent, as where the way is closed. An issue or a comment
                               that a person makes here is told by itself, unless "lost".
    GET  /__admin/deliveries   what was sent to webhooks, and what became of it
    POST /__admin/remove       {"repository", "number", "to": "/repos/O/N/issues/7"}: deleted (410), or moved (301)
    POST /__admin/delete_label {"repository", "name"}
    POST /__admin/misbehave    {"kind", "count": 1, "after": 0 such requests, "method", "path": a part of it,
                               "seconds", "reset"}; see misbehave.py
    POST /__admin/quota        {"resource": "core" or "graphql", "limit", "remaining", "reset"}
    POST /__admin/clock        {"now": seconds or null}: holds the clock still there, or lets it go
    GET  /__admin/state        everything, as the REST API shows it
    GET  /__admin/requests     the log, as a list
    DELETE /__admin/requests   forgets it
"""
from . import board_nodes, pulls, views, webhooks
from .answers import Answer, Refusal
from .model import World
from .rest import put_labels


def answer(world, method, path, body):
    action = ACTIONS.get((method, path))
    if action is None:
        raise Refusal(404, f"no control {method} {path}")
    return Answer(200, action(world, body))


def seed(world: World, body):
    world.tokens.update(body.get("tokens", {}))
    if "viewer" in body:
        world.tokens["fake"] = body["viewer"]
    for login in list(world.tokens.values()) + body.get("users", []):
        know(world, login)
    for entry in body.get("repositories", []):
        seed_repository(world, entry)
    return {}


def know(world, login):
    if login:
        world.users.setdefault(login.lower(), login)


def seed_repository(world, entry):
    repository = world.repository(entry["full_name"]) or world.add_repository(entry["full_name"])
    know(world, repository.owner)
    for field in ("default_branch", "git_dir", "archived"):
        if field in entry:
            setattr(repository, field, entry[field])
    for login, role in entry.get("collaborators", {}).items():
        know(world, login)
        repository.collaborators[login.lower()] = role
    for login in entry.get("members", []):
        know(world, login)
        repository.members.add(login.lower())
    for label in entry.get("labels", []):
        repository.ensure_label(label["name"], label.get("color", "ededed"))
    for issue in entry.get("issues", []):
        make_issue(world, {**issue, "repository": entry["full_name"]})


def make_issue(world, body):
    count = body.get("count", 1)
    made = None
    for index in range(count):
        repository = repository_of(world, body)
        login = body.get("login", repository.owner)
        know(world, login)
        title = body["title"] if count == 1 else f"{body['title']} {index + 1}"
        made = world.add_issue(repository, title, login)
        made.body, made.pull = body.get("body"), body.get("pull")
        put_labels(repository, made, body.get("labels", []))
        for comment in body.get("comments", []):
            make_comment(world, {**body, **comment, "number": made.number})
        if body.get("state", "open") == "closed":
            world.set_state(made, "closed")
        if not made.pull:
            webhooks.happen(world, repository, "issues", "opened", {"issue": views.issue(made)}, login,
                            body.get("lost", False))
    return views.issue(made)


def make_comment(world, body):
    issue = issue_of(world, body)
    login = body.get("login", issue.repository.owner)
    know(world, login)
    comment = views.comment(world.add_comment(issue, body["body"], login), issue)
    payload = {"issue": views.issue(issue), "comment": comment}
    webhooks.happen(world, issue.repository, "issue_comment", "created", payload, login, body.get("lost", False))
    return comment


def change(world, body):
    issue = issue_of(world, body)
    for field in ("title", "body", "login"):
        if field in body:
            setattr(issue, field, body[field])
    if "labels" in body:
        put_labels(issue.repository, issue, body["labels"])
    if "add_labels" in body:
        put_labels(issue.repository, issue, issue.labels + body["add_labels"])
    if body.get("merged"):
        issue.merged_at = world.clock.text()
        world.set_state(issue, "closed")
    elif "state" in body:
        world.set_state(issue, body["state"])
    world.touch(issue)
    return views.issue(issue)


def remove(world, body):
    issue = issue_of(world, body)
    del issue.repository.issues[issue.number]
    if "to" in body:
        issue.repository.moved[issue.number] = body["to"]
    else:
        issue.repository.deleted.add(issue.number)
    return {}


def delete_label(world, body):
    repository_of(world, body).delete_label(body["name"])
    return {}


def misbehave(world, body):
    world.misbehaviours.append(dict(body, count=body.get("count", 1)))
    return {}


def quota(world, body):
    entry = world.quotas[body["resource"]]
    for field in ("limit", "remaining", "reset"):
        if field in body:
            setattr(entry, field, body[field])
    return entry.shown()


def clock(world, body):
    world.clock.fixed = body.get("now")
    return {"now": world.clock.text()}


def state(world, body):
    return {"tokens": world.tokens, "repositories": [{
        **views.repository(repository, repository.owner),
        "labels": [views.label(repository, label) for label in repository.labels.values()],
        "issues": [{**views.issue(issue), "comments": [views.comment(c, issue) for c in issue.comments],
                    "sub_issues": [child.number for child in issue.children]}
                   for issue in repository.issues.values() if not issue.pull],
        "pulls": [{**views.pull(issue), "reviews": issue.pull.get("reviews", []),
                   "comments": [views.comment(c, issue) for c in issue.comments]}
                  for issue in repository.issues.values() if issue.pull],
    } for repository in world.repositories.values()]}


def requests(world, body):
    return world.requests


def forget_requests(world, body):
    world.requests.clear()
    return {}


def repository_of(world, body):
    repository = world.repository(body["repository"])
    if repository is None:
        raise Refusal(404, f"no repository {body['repository']}")
    return repository


def issue_of(world, body):
    issue = repository_of(world, body).issues.get(body["number"])
    if issue is None:
        raise Refusal(404, f"no issue {body['number']}")
    return issue


ACTIONS = {
    ("POST", "/__admin/seed"): seed,
    ("POST", "/__admin/issues"): make_issue,
    ("POST", "/__admin/comments"): make_comment,
    ("POST", "/__admin/change"): change,
    ("POST", "/__admin/boards"): board_nodes.make,
    ("GET", "/__admin/boards"): board_nodes.shown,
    ("POST", "/__admin/pull"): pulls.control,
    ("POST", "/__admin/deliver"): webhooks.deliver,
    ("GET", "/__admin/deliveries"): webhooks.deliveries,
    ("POST", "/__admin/remove"): remove,
    ("POST", "/__admin/delete_label"): delete_label,
    ("POST", "/__admin/misbehave"): misbehave,
    ("POST", "/__admin/quota"): quota,
    ("POST", "/__admin/clock"): clock,
    ("GET", "/__admin/state"): state,
    ("GET", "/__admin/requests"): requests,
    ("DELETE", "/__admin/requests"): forget_requests,
}
