"""What goes wrong on request: each kind as the real server, or the network before it, does it.

Kinds: primary (403, no quota left), primary429, secondary (403 with Retry-After), secondary_message (403 that only
its text tells), abuse (429 with Retry-After), forbidden (403 that is no limit), unauthorized (401), unprocessable (422,
a label's name it does not like), error500, error502 (an HTML page), garbage (200, half a JSON text), graphql_limited
(200 with errors), drop (the connection ends without an answer), drop_after (the same, after the request took effect),
cut (it ends within the answer), slow (answers after `seconds`), close_first (somebody closes the first open issue of
`repository`, then the answer is as always).
"""
from .answers import Answer, Refusal, invalid

LIMITS = "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api"
SECONDARY_LIMITS = LIMITS + "#about-secondary-rate-limits"
SECONDARY = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."


class Dropped(Exception):
    """The connection is to end without an answer."""


def next_kind(world, method, path):
    """The misbehaviour that this request meets, used up by one; None for most."""
    for entry in world.misbehaviours:
        if entry.get("method", method) == method and entry.get("path", "") in path:
            if entry.get("after", 0) > 0:
                entry["after"] -= 1
                return None
            entry["count"] -= 1
            if entry["count"] <= 0:
                world.misbehaviours.remove(entry)
            return entry
    return None


def answer(world, entry, quota):
    """What stands in for the real answer; None where the request is to be served after all."""
    kind = entry["kind"]
    wait = str(entry.get("seconds", 60))
    if kind in ("primary", "primary429"):
        quota.remaining = 0
        quota.reset = entry.get("reset", world.clock.seconds() + 600)
        raise Refusal(403 if kind == "primary" else 429, "API rate limit exceeded for user ID 1.", documentation=LIMITS)
    if kind in ("secondary", "abuse"):
        raise Refusal(403 if kind == "secondary" else 429, SECONDARY, headers={"Retry-After": wait},
                      documentation=SECONDARY_LIMITS)
    if kind == "secondary_message":
        raise Refusal(403, SECONDARY, documentation=SECONDARY_LIMITS)
    if kind == "forbidden":
        raise Refusal(403, "Resource not accessible by personal access token")
    if kind == "unprocessable":
        raise invalid({"resource": "Label", "code": "invalid", "field": "name"})
    if kind == "unauthorized":
        raise Refusal(401, "Bad credentials")
    if kind == "error500":
        raise Refusal(500, "Server Error")
    if kind == "error502":
        return Answer(502, "<html><title>Unicorn! &middot; GitHub</title></html>")
    if kind == "garbage":
        return Answer(200, '[{"number": 1, "title": "cut o')
    if kind == "graphql_limited":
        quota.remaining = 0
        quota.reset = entry.get("reset", world.clock.seconds() + 600)
        return Answer(200, {"errors": [{"type": "RATE_LIMITED", "message": "API rate limit exceeded"}]})
    if kind == "drop":
        raise Dropped()
    if kind == "close_first":
        issues = world.repository(entry["repository"]).issues.values()
        world.set_state(min((i for i in issues if i.state == "open"), key=lambda i: i.number), "closed")
        return None
    if kind in ("slow", "drop_after", "cut"):
        return None
    raise Refusal(500, f"no misbehaviour is called {kind}")
