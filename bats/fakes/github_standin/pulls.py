"""What becomes of pull requests: their files, reviews, comments on lines, checks and logs, merging and closing.

A pull request's `pull` says {"head", "base"} and, where a test sets them: "sha", "committed_at", "draft", "fork", "files": [{"filename",
"patch", "status"}], "checks": [{"name", "status", "conclusion", "title", "log", "app", "completed_at"} or {"context",
"state", "description"}], "unmergeable": words, "reviews" and "lines" as the API's routes make them.
"""
import re

from . import views
from .answers import Answer, Refusal, invalid, not_found
from .rest import commit, git, issue_of, page, refresh, route


def need_pull(issue):
    if not issue.pull:
        raise not_found()
    return issue.pull


@route("GET", "/repos/:repo/pulls/:number/files")
def files(world, request, repo, issue):
    return page(request, repo, changed_files(repo, need_pull(issue)))


def changed_files(repo, pull):
    if "files" in pull or not repo.git_dir:
        return pull.get("files", [])
    text = git(repo, "diff", "--no-color", f"{pull['base']}...{pull['head']}")
    found = []
    for part in re.split(r"(?m)^diff --git ", text)[1:]:
        header, at, body = part.partition("\n@@")
        status = "added" if "\nnew file" in header else "removed" if "\ndeleted file" in header else "modified"
        found.append({"filename": header.split("\n")[0].split(" b/", 1)[1], "status": status,
                      "patch": at.lstrip("\n") + body.rstrip("\n")})
    return found


# Reviews

@route("GET", "/repos/:repo/pulls/:number/reviews")
def list_reviews(world, request, repo, issue):
    return page(request, repo, [shown(entry, issue) for entry in need_pull(issue).get("reviews", [])])


@route("GET", "/repos/:repo/pulls/:number/comments")
def list_lines(world, request, repo, issue):
    return page(request, repo, [shown(entry, issue) for entry in need_pull(issue).get("lines", [])])


def shown(entry, issue):
    return {**entry, "user": views.user(entry["user"]),
            "author_association": issue.repository.association(entry["user"])}


@route("POST", "/repos/:repo/pulls/:number/reviews")
def create_review(world, request, repo, issue):
    event = request.body.get("event", "PENDING")
    if event in ("APPROVE", "REQUEST_CHANGES") and (issue.login or "").lower() == request.login.lower():
        word = "approve" if event == "APPROVE" else "request changes on"
        raise Refusal(422, "Unprocessable Entity", [f"Can not {word} your own pull request"])
    if event != "APPROVE" and not request.body.get("body"):
        raise invalid({"resource": "PullRequestReview", "code": "missing_field", "field": "body"})
    return Answer(200, shown(add_review(world, issue, request.login, event, request.body.get("body")), issue))


def add_review(world, issue, login, event, body):
    state = {"APPROVE": "APPROVED", "REQUEST_CHANGES": "CHANGES_REQUESTED", "COMMENT": "COMMENTED"}[event]
    entry = {"id": 4_000_000_000 + world.next_id(), "user": login, "body": body or "", "state": state,
             "submitted_at": world.clock.text(), "commit_id": need_pull(issue).get("sha", "0" * 40)}
    issue.pull.setdefault("reviews", []).append(entry)
    world.touch(issue)
    return entry


def add_line(world, issue, login, path, line, body):
    now = world.clock.text()
    entry = {"id": 5_000_000_000 + world.next_id(), "user": login, "body": body, "path": path, "line": line,
             "original_line": line, "created_at": now, "updated_at": now}
    need_pull(issue).setdefault("lines", []).append(entry)
    world.touch(issue)
    return entry


# Merging and closing

@route("PATCH", "/repos/:repo/pulls/:number")
def change_pull(world, request, repo, issue):
    need_pull(issue)
    for field in ("title", "body"):
        if field in request.body:
            setattr(issue, field, request.body[field])
    if request.body.get("state") in ("open", "closed") and request.body["state"] != issue.state:
        world.set_state(issue, request.body["state"])
    world.touch(issue)
    return Answer(200, views.pull(issue))


@route("PUT", "/repos/:repo/pulls/:number/merge")
def merge(world, request, repo, issue):
    pull = need_pull(issue)
    refresh(world, repo, issue)
    if issue.state != "open" or pull.get("draft") or "unmergeable" in pull:
        raise Refusal(405, pull.get("unmergeable", "Pull Request is not mergeable"))
    if request.body.get("sha") not in (None, pull.get("sha", "0" * 40)):
        raise Refusal(409, "Head branch was modified. Review and try the merge again.")
    if repo.git_dir:
        squash(repo, issue)
    issue.merged_at = world.clock.text()
    pull["merged_by"], pull["merge_method"] = request.login, request.body.get("merge_method", "merge")
    world.set_state(issue, "closed")
    return Answer(200, {"sha": pull.get("sha"), "merged": True, "message": "Pull Request successfully merged"})


def squash(repo, issue):
    """One commit on the base, whatever the method: whether it is a merge or not no test asks."""
    base, head = issue.pull["base"], issue.pull["sha"]
    tree = git(repo, "merge-tree", "--write-tree", f"refs/heads/{base}", head).split("\n")
    if len(tree) != 1:
        raise Refusal(405, "Merge conflict")
    who = ["-c", "user.name=GitHub", "-c", "user.email=noreply@github.com"]
    made = git(repo, *who, "commit-tree", tree[0], "-p", f"refs/heads/{base}", "-m", f"{issue.title} (#{issue.number})")
    git(repo, "update-ref", f"refs/heads/{base}", made)


@route("DELETE", "/repos/:repo/git/refs/heads/:branch")
def delete_branch(world, request, repo, branch):
    if repo.git_dir:
        if not commit(repo, branch):
            raise Refusal(422, "Reference does not exist")
        git(repo, "update-ref", "-d", f"refs/heads/{branch}")
    return Answer(204)


# Checks

def contexts(issue):
    """Check runs, whose place in the list makes their ids, and statuses."""
    return [{"id": issue.id * 100 + index, **entry} for index, entry in enumerate(issue.pull.get("checks", []))]


@route("GET", "/repos/:repo/actions/jobs/:job/logs")
def job_log(world, request, repo, job):
    for issue in repo.issues.values():
        for entry in contexts(issue) if issue.pull else []:
            if str(entry["id"]) == job and "log" in entry:
                return Answer(200, entry["log"])
    raise not_found()


# Controls: see admin.py

def control(world, body):
    """Sets what is given of the `pull`; "review": {"login", "event", "body"} and "line": {"login", "path", "line",
    "body"} are added as if by that person."""
    repository = world.repository(body["repository"])
    issue = issue_of(repository, str(body["number"]))
    for name in ("files", "checks", "draft", "fork", "unmergeable", "sha", "committed_at"):
        if name in body:
            need_pull(issue)[name] = body[name]
    if "review" in body:
        add_review(world, issue, body["review"]["login"], body["review"]["event"], body["review"].get("body"))
    if "line" in body:
        line = body["line"]
        add_line(world, issue, line["login"], line["path"], line["line"], line["body"])
    return views.pull(issue)
