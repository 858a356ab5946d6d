"""How the REST API shows what the stand-in knows; the fields are those of the real answers that anyone reads."""
import urllib.parse

API = "https://api.github.com"


def user(login):
    if login is None:
        return None
    kind = "Bot" if login.endswith("[bot]") else "User"
    return {
        "login": login, "id": sum(map(ord, login)), "node_id": f"U_{sum(map(ord, login))}", "type": kind, "site_admin": False,
        "html_url": f"https://github.com/{login}", "url": f"{API}/users/{login}",
    }


def label(repository, entry):
    return {
        "id": entry["id"], "node_id": entry["node_id"], "name": entry["name"], "color": entry["color"], "default": False,
        "description": entry["description"],
        "url": f"{API}/repos/{repository.full_name}/labels/{urllib.parse.quote(entry['name'])}",
    }


def repository(entry, login):
    permission = entry.permission(login)
    return {
        "id": entry.id, "node_id": f"R_{entry.id}", "name": entry.name, "full_name": entry.full_name,
        "owner": user(entry.owner), "private": False, "archived": entry.archived, "has_issues": True,
        "default_branch": entry.default_branch, "html_url": f"https://github.com/{entry.full_name}",
        "url": f"{API}/repos/{entry.full_name}", "permissions": {
            "admin": permission == "admin", "push": permission in ("admin", "write"), "pull": True},
    }


def issue(entry):
    repo = entry.repository
    url = f"{API}/repos/{repo.full_name}/issues/{entry.number}"
    shown = {
        "url": url, "repository_url": f"{API}/repos/{repo.full_name}", "html_url": entry.html_url,
        "id": entry.id, "node_id": entry.node_id, "number": entry.number, "title": entry.title,
        "user": user(entry.login), "labels": [label(repo, repo.label(name)) for name in entry.labels],
        "state": entry.state, "state_reason": entry.state_reason, "locked": False, "assignees": [],
        "comments": len(entry.comments), "created_at": entry.created_at, "updated_at": entry.updated_at,
        "closed_at": entry.closed_at, "author_association": repo.association(entry.login), "body": entry.body,
        "sub_issues_summary": subtasks(entry),
    }
    if entry.pull:
        pull_url = f"{API}/repos/{repo.full_name}/pulls/{entry.number}"
        shown["pull_request"] = {"url": pull_url, "html_url": entry.html_url,
                                 "merged_at": entry.merged_at}
    return shown


def subtasks(entry):
    completed = sum(child.state == "closed" for child in entry.children)
    total = len(entry.children)
    percent = 100 * completed // total if total else 0
    return {"total": total, "completed": completed, "percent_completed": percent}


def comment(entry, on):
    return {
        "id": entry.id, "node_id": f"IC_{entry.id}", "body": entry.body, "user": user(entry.login),
        "created_at": entry.created_at, "updated_at": entry.updated_at,
        "html_url": f"{on.html_url}#issuecomment-{entry.id}",
        "issue_url": f"{API}/repos/{on.repository.full_name}/issues/{on.number}",
        "author_association": on.repository.association(entry.login),
    }


def pull(entry):
    repo = entry.repository
    sides = {
        side: {
            "ref": entry.pull[side], "label": f"{repo.owner}:{entry.pull[side]}", "user": user(repo.owner),
            "sha": entry.pull.get("sha", "0" * 40),
            "repo": {"id": repo.id + (entry.pull.get("fork", False) and side == "head"), "full_name": repo.full_name},
        } for side in ("head", "base")
    }
    return {
        "id": entry.id, "node_id": entry.node_id, "number": entry.number, "title": entry.title,
        "body": entry.body, "state": entry.state, "html_url": entry.html_url, "user": user(entry.login),
        "url": f"{API}/repos/{repo.full_name}/pulls/{entry.number}", "draft": entry.pull.get("draft", False),
        "merged_at": entry.merged_at, "author_association": repo.association(entry.login),
        "created_at": entry.created_at, "updated_at": entry.updated_at, "closed_at": entry.closed_at, **sides,
    }
