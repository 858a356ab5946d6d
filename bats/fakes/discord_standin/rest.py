"""The REST API, as far as a bot of ours uses it, judged as Discord does."""
import json
import re
import urllib.parse

from . import world as the

TEXT_LIMIT = 2000
NAME = re.compile(r"^[-_a-z0-9]{1,32}$")
KNOWN_FLAGS = 1 << 2 | 1 << 12


class Refusal(Exception):
    def __init__(self, status, code, message):
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


def invalid(message):
    return Refusal(400, 50035, "Invalid Form Body: " + message)


class Rest:
    """Answers as (status, headers, value); value None is an empty body."""

    def __init__(self, world, gateway):
        self.world = world
        self.gateway = gateway
        self.routes = [
            (method, re.compile("^" + pattern + "$"), handler) for method, pattern, handler in [
                ("GET", "/gateway/bot", self.gateway_bot),
                ("GET", "/gateway", lambda *_: {"url": gateway.url}),
                ("GET", "/users/@me", lambda *_: world.user(the.BOT, True)),
                ("GET", "/oauth2/applications/@me", self.application),
                ("GET", r"/channels/(\d+)", self.channel),
                ("POST", r"/channels/(\d+)/messages", self.create_message),
                ("GET", r"/channels/(\d+)/messages", self.messages),
                ("GET", r"/guilds/(\d+)/threads/active", self.active_threads),
                ("POST", "/users/@me/channels", self.private_chat),
                ("PATCH", r"/channels/(\d+)/messages/(\d+)", self.edit_message),
                ("POST", r"/channels/(\d+)/messages/(\d+)/threads", self.open_thread),
                ("PUT", r"/applications/(\d+)/commands", self.register),
                ("POST", r"/interactions/(\d+)/([\w-]+)/callback", self.callback),
                ("PATCH", r"/webhooks/(\d+)/([\w-]+)/messages/@original", self.answer),
                ("POST", r"/webhooks/(\d+)/([\w-]+)", self.further_answer),
            ]]

    def handle(self, method, path, headers, body):
        parts = urllib.parse.urlsplit(path)
        wants_response = urllib.parse.parse_qs(parts.query).get("with_response") in (["true"], ["1"], ["True"])
        try:
            if method == "GET":
                # What a client asks for stands behind the path.
                body = json.dumps(dict(urllib.parse.parse_qsl(parts.query)))
            status, more, value = self.route(method, parts.path, headers, body)
            if status == 200 and parts.path.endswith("/callback") and not wants_response:
                return 204, more, None
            return status, more, value
        except Refusal as refusal:
            return refusal.status, {}, {"code": refusal.code, "message": refusal.message}

    def route(self, method, path, headers, body):
        # A token of an interaction is proof enough.
        is_open = re.match("^/(interactions|webhooks)/", path)
        if not is_open and headers.get("Authorization") != "Bot " + the.TOKEN:
            return 401, {}, {"code": 0, "message": "401: Unauthorized"}
        if not is_open and not headers.get("User-Agent", "").startswith("DiscordBot ("):
            raise Refusal(403, 40333, "internal network error")
        for wanted, pattern, handler in self.routes:
            match = pattern.match(path)
            if match and wanted == method:
                if method in ("POST", "PUT", "PATCH") and headers.get("Content-Type") != "application/json":
                    raise invalid("not JSON")
                given = json.loads(body) if body else None
                with self.world.lock:
                    limit = self.limit(method, pattern.pattern, match.groups())
                    if limit.get("status"):
                        return 429, limit["headers"], limit["body"]
                    value = handler(*match.groups(), given) if match.groups() else handler(given)
                    return 204 if value is None else 200, limit["headers"], value
        raise Refusal(404, 0, "404: Not Found")

    def limit(self, method, pattern, groups):
        """A bucket of messages a channel, where the world has one: {"size", "seconds"}."""
        bucket = self.world.bucket
        if not bucket or method != "POST" or not pattern.endswith("/messages$") or "channels" not in pattern:
            return {"headers": {}}
        left = bucket.setdefault("left", {})
        count = left.get(groups[0], bucket["size"])
        headers = {"X-RateLimit-Bucket": "b" * 32, "X-RateLimit-Limit": str(bucket["size"]),
                   "X-RateLimit-Remaining": str(max(0, count - 1)),
                   "X-RateLimit-Reset-After": "%.3f" % bucket["seconds"]}
        if count == 0:
            return {"status": 429, "headers": dict(headers, **{"Retry-After": "1", "X-RateLimit-Scope": "user"}),
                    "body": {"message": "You are being rate limited.", "retry_after": bucket["seconds"],
                             "global": False}}
        left[groups[0]] = count - 1
        return {"headers": headers}

    def gateway_bot(self, _):
        return {"url": self.gateway.url, "shards": 1, "session_start_limit": {
            "total": 1000, "remaining": max(0, self.gateway.starts_remaining), "reset_after": 14_400_000,
            "max_concurrency": 1}}

    def application(self, _):
        return {"id": the.APPLICATION, "name": "stand-in", "icon": None, "description": "", "bot_public": False,
                "bot_require_code_grant": False, "verify_key": "", "flags": 0, "team": None, "hook": True,
                "owner": self.world.user(the.PERSON), "summary": "", "approximate_guild_count": 1,
                "interactions_endpoint_url": None, "role_connections_verification_url": None}

    def find_channel(self, channel):
        if channel not in self.world.channels:
            raise Refusal(404, 10003, "Unknown Channel")
        return self.world.channels[channel]

    def channel(self, channel, _):
        return self.find_channel(channel)

    def messages(self, channel, given):
        """The newest first, of those right behind `after` where that is said."""
        self.find_channel(channel)
        count = int(given.get("limit", 50))
        if not 1 <= count <= 100:
            raise invalid("limit: Must be between 1 and 100.")
        there = [message for message in self.world.messages.values() if message["channel_id"] == channel]
        behind = [message for message in there if int(message["id"]) > int(given["after"])][:count] \
            if "after" in given else there[-count:]
        # Only the gateway says in which guild a message stands.
        return [{key: value for key, value in message.items() if key not in ("guild_id", "member")}
                for message in reversed(behind)]

    def active_threads(self, guild, _):
        if guild != the.GUILD:
            raise Refusal(404, 10004, "Unknown Guild")
        threads = [channel for channel in self.world.channels.values() if channel["type"] == 11]
        return {"threads": threads, "members": [], "has_more": False}

    def private_chat(self, given):
        return self.world.private_chat(given["recipient_id"])

    def judge(self, given):
        content = given.get("content")
        if not isinstance(content, str) or not content.strip():
            raise Refusal(400, 50006, "Cannot send an empty message")
        if len(content) > TEXT_LIMIT:
            raise invalid("content: Must be 2000 or fewer in length.")
        if given.get("allowed_mentions") != {"parse": []}:
            raise invalid("this stand-in wants messages that call nobody")
        if given.get("flags", 0) & ~KNOWN_FLAGS:
            raise invalid("flags")
        return content

    def create_message(self, channel, given):
        self.find_channel(channel)
        content = self.judge(given)
        reference = given.get("message_reference")
        reply_to = reference["message_id"] if reference else None
        if reply_to and reply_to not in self.world.messages:
            if reference.get("fail_if_not_exists", True):
                raise Refusal(400, 50035, "Unknown message")
            reply_to = None
        message = self.world.add_message(
            channel, the.BOT, content, True, reply_to=reply_to, flags=given.get("flags", 0))
        self.gateway.dispatch("MESSAGE_CREATE", message)
        return message

    def edit_message(self, channel, message, given):
        known = self.world.messages.get(message)
        if not known or known["channel_id"] != channel:
            raise Refusal(404, 10008, "Unknown Message")
        if known["author"]["id"] != the.BOT:
            raise Refusal(403, 50005, "Cannot edit a message authored by another user")
        known["content"] = self.judge(given)
        self.gateway.dispatch("MESSAGE_UPDATE", known)
        return known

    def open_thread(self, channel, message, given):
        place = self.find_channel(channel)
        if message not in self.world.messages:
            raise Refusal(404, 10008, "Unknown Message")
        if place["type"] != 0:
            raise Refusal(400, 50024, "Cannot execute action on this channel type")
        if message in self.world.channels:
            raise Refusal(400, 160004, "A thread has already been created for this message")
        name = given.get("name", "")
        if not 1 <= len(name) <= 100:
            raise invalid("name: Must be between 1 and 100 in length.")
        if given.get("auto_archive_duration") not in (60, 1440, 4320, 10080):
            raise invalid("auto_archive_duration")
        thread = self.world.open_thread(channel, message, name)
        self.gateway.dispatch("THREAD_CREATE", dict(thread, newly_created=True))
        return thread

    def register(self, application, given):
        if application != the.APPLICATION:
            raise Refusal(403, 20012, "You are not authorized to perform this action on this application")
        if len(given) > 100 or len({command["name"] for command in given}) != len(given):
            raise invalid("too many commands, or two of a name")
        for command in given:
            options = command.get("options", [])
            required = [option.get("required", False) for option in options]
            if required != sorted(required, reverse=True):
                raise invalid("Required options must be placed before non-required options")
            for one in [command] + options:
                if not NAME.match(one["name"]) or not 1 <= len(one["description"]) <= 100:
                    raise invalid("a name or description")
            if any(option["type"] != 3 for option in options) or command.get("type", 1) != 1:
                raise invalid("a type that this stand-in does not know")
        self.world.commands = given
        return [dict(command, id=self.world.new_id(), application_id=application, version="1") for command in given]

    def callback(self, interaction, token, given):
        known = self.world.interactions.get(interaction)
        if not known or known["token"] != token:
            raise Refusal(404, 10062, "Unknown interaction")
        if known["deferred"]:
            raise Refusal(400, 40060, "Interaction has already been acknowledged.")
        if given["type"] != 5:
            raise invalid("type: this stand-in knows 5")
        known["deferred"] = True
        return {"interaction": {"id": interaction, "type": 2, "response_message_loading": True}}

    def find_answerable(self, application, token):
        for known in self.world.interactions.values():
            if known["token"] == token and known["deferred"]:
                if application != the.APPLICATION or known.get("expired"):
                    break
                return known
        raise Refusal(404, 10015, "Unknown Webhook")

    def answer(self, application, token, given):
        known = self.find_answerable(application, token)
        content = self.judge(given)
        if not known["original"]:
            message = self.world.add_message(known["channel"], the.BOT, content, True)
            known["original"] = message["id"]
        message = self.world.messages[known["original"]]
        message["content"] = content
        return message

    def further_answer(self, application, token, given):
        known = self.find_answerable(application, token)
        return self.world.add_message(known["channel"], the.BOT, self.judge(given), True)
