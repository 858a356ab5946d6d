"""Webhooks: what is told to whom, what became of it, and telling it again.

A delivery is signed and sent as GitHub does, over the loopback, once the request that caused it is answered:
https://docs.github.com/webhooks/webhook-events-and-payloads#delivery-headers
"""
import hashlib
import hmac
import http.client
import json
import threading
import urllib.parse
import uuid

from . import views
from .answers import Answer, Refusal, invalid, not_found
from .rest import page, route

TIMEOUT_SECONDS = 10


class Hook:
    def __init__(self, identifier, body):
        self.id = identifier
        self.active, self.events, self.config = True, ["push"], {}
        self.deliveries = []
        self.change(body)

    def change(self, body):
        self.active = body.get("active", self.active)
        self.events = body.get("events", self.events)
        self.config = {**self.config, **body.get("config", {})}
        if not self.config.get("url"):
            raise invalid({"resource": "Hook", "code": "custom", "message": "url cannot be blank"})

    def takes(self, event):
        return self.active and (event == "ping" or "*" in self.events or event in self.events)

    def shown(self, repository):
        config = {**self.config, "secret": "********"} if "secret" in self.config else self.config
        return {"type": "Repository", "id": self.id, "name": "web", "active": self.active, "events": self.events,
                "config": config, "url": f"{views.API}/repos/{repository.full_name}/hooks/{self.id}"}


def hooks_of(repository):
    return repository.__dict__.setdefault("hooks", {})


def administered(repository, request):
    """GitHub hides webhooks from all but administrators."""
    if repository.permission(request.login) != "admin":
        raise not_found()
    return hooks_of(repository)


def hook_of(repository, request, identifier):
    hook = administered(repository, request).get(identifier)
    if hook is None:
        raise not_found()
    return hook


@route("GET", "/repos/:repo/hooks")
def list_hooks(world, request, repo):
    return page(request, repo, [hook.shown(repo) for hook in administered(repo, request).values()])


@route("POST", "/repos/:repo/hooks")
def create_hook(world, request, repo):
    hooks = administered(repo, request)
    hook = Hook(world.next_id(), request.body)
    if any(other.config["url"] == hook.config["url"] for other in hooks.values()):
        raise invalid({"resource": "Hook", "code": "custom", "message": "Hook already exists on this repository"})
    hooks[str(hook.id)] = hook
    tell(world, repo, hook, "ping", {"zen": "Keep it logically awesome.", "hook_id": hook.id,
                                     "hook": hook.shown(repo)})
    return Answer(201, hook.shown(repo))


@route("PATCH", "/repos/:repo/hooks/:hook")
def change_hook(world, request, repo, hook):
    found = hook_of(repo, request, hook)
    found.change(request.body)
    return Answer(200, found.shown(repo))


@route("POST", "/repos/:repo/hooks/:hook/pings")
def ping(world, request, repo, hook):
    found = hook_of(repo, request, hook)
    tell(world, repo, found, "ping", {"zen": "Speak like a human.", "hook_id": found.id})
    return Answer(204, None)


@route("GET", "/repos/:repo/hooks/:hook/deliveries")
def list_deliveries(world, request, repo, hook):
    found = hook_of(repo, request, hook)
    return page(request, repo, [shown(entry) for entry in reversed(found.deliveries)])


@route("POST", "/repos/:repo/hooks/:hook/deliveries/:attempt/attempts")
def redeliver(world, request, repo, hook, attempt):
    found = hook_of(repo, request, hook)
    for entry in found.deliveries:
        if str(entry["id"]) == attempt:
            send(world, found, {**entry, "redelivery": True})
            return Answer(202, {})
    raise not_found()


def shown(entry):
    return {name: value for name, value in entry.items() if name != "data"}


def happen(world, repository, event, action, payload, login, is_lost=False):
    """Tells all webhooks that want to know."""
    body = {"action": action, **payload, "repository": views.repository(repository, repository.owner),
            "sender": views.user(login)}
    for hook in list(hooks_of(repository).values()):
        if hook.takes(event):
            tell(world, repository, hook, event, body, is_lost)


def tell(world, repository, hook, event, body, is_lost=False):
    entry = {"guid": str(uuid.uuid4()), "event": event, "action": body.get("action"), "redelivery": False,
             "repository_id": repository.id, "data": json.dumps(body).encode()}
    send(world, hook, entry, is_lost)


def send(world, hook, entry, is_lost=False):
    entry = {**entry, "id": world.next_id(), "delivered_at": world.clock.text(), "duration": 0.1, "status_code": 0,
             "status": "failed to connect to host"}
    hook.deliveries.append(entry)
    if not is_lost:
        threading.Thread(target=post, args=(world, hook, entry), daemon=True).start()


def post(world, hook, entry):
    address = urllib.parse.urlsplit(hook.config["url"])
    secret = hook.config.get("secret", "").encode()
    headers = {"Content-Type": "application/json", "User-Agent": "GitHub-Hookshot/0000000", "Accept": "*/*",
               "X-GitHub-Event": entry["event"], "X-GitHub-Delivery": entry["guid"],
               "X-GitHub-Hook-ID": str(hook.id)}
    if secret:
        headers["X-Hub-Signature-256"] = "sha256=" + hmac.new(secret, entry["data"], hashlib.sha256).hexdigest()
    status, words = 0, "failed to connect to host"
    try:
        connection = http.client.HTTPConnection(address.hostname, address.port, timeout=TIMEOUT_SECONDS)
        connection.request("POST", address.path, body=entry["data"], headers=headers)
        status = connection.getresponse().status
        words = "OK" if status < 300 else f"Invalid HTTP Response: {status}"
        connection.close()
    except OSError:
        pass
    with world.lock:
        entry["status_code"], entry["status"] = status, words


# Controls

def deliver(world, body):
    """{"repository", "event", "payload", "login", "lost": true where nothing is sent}: tells the webhooks of it."""
    repository = world.repository(body["repository"])
    if repository is None:
        raise Refusal(404, f"no repository {body['repository']}")
    payload = body.get("payload", {})
    login = body.get("login", repository.owner)
    for _ in range(body.get("count", 1)):
        happen(world, repository, body["event"], payload.get("action"), payload, login, body.get("lost", False))
    return {}


def deliveries(world, body):
    return [{**shown(entry), "hook": hook.id} for repository in world.repositories.values()
            for hook in hooks_of(repository).values() for entry in hook.deliveries]
