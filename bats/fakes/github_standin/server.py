"""HTTP over a Unix socket: reading, authentication, quotas, ETags, the log; the answers come from elsewhere."""
import email.utils
import hashlib
import http.server
import json
import os
import socketserver
import sys
import threading
import time

from . import admin, graphql, misbehave, rest, schema
from .answers import Answer, Refusal
from .model import World

LARGEST_BODY_BYTES = 16 << 20
IDLE_CHECK_SECONDS = 1
IDLE_SECONDS = 300


class Quota:
    def __init__(self, resource, world):
        self.resource, self.limit, self.remaining = resource, 5000, 5000
        self.reset = world.clock.seconds() + 3600

    def shown(self):
        return {"limit": self.limit, "remaining": self.remaining, "used": self.limit - self.remaining,
                "reset": self.reset}

    def headers(self):
        shown = {**self.shown(), "resource": self.resource}
        return {f"X-RateLimit-{name.capitalize()}": str(value) for name, value in shown.items()}

    def spend(self):
        if self.remaining <= 0:
            raise Refusal(403, "API rate limit exceeded for user ID 1.", documentation=misbehave.LIMITS)
        self.remaining -= 1


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "github.com", ""

    def do_GET(self):
        self.server.last_used = time.monotonic()
        try:
            self.serve()
        except misbehave.Dropped:
            self.close_connection = True

    do_POST = do_PUT = do_PATCH = do_DELETE = do_GET

    def address_string(self):
        return "unix"

    def log_message(self, format, *arguments):
        """Nothing: the log is ours."""

    def serve(self):
        world = self.server.world
        raw = self.read_body()
        with world.lock:
            if self.path.startswith("/__admin/"):
                return self.send(self.guarded(lambda: admin.answer(world, self.command, self.path, parsed(raw))))
            entry = {"method": self.command, "path": self.path, "status": 0,
                     "auth": bool(self.headers.get("Authorization"))}
            world.requests.append(entry)
            wrong = misbehave.next_kind(world, self.command, self.path)
        kind = wrong["kind"] if wrong else ""
        if kind == "slow":
            time.sleep(wrong.get("seconds", 1))
        with world.lock:
            try:
                answer = self.finish(self.guarded(lambda: self.answer(world, raw, entry, wrong)))
                if kind == "drop_after":
                    raise misbehave.Dropped()
                entry["status"] = answer.status
            finally:
                self.server.write_log(entry)
        self.send(answer, is_cut=kind == "cut")

    def read_body(self):
        """`gh api --input -` cannot know the length beforehand, so it sends chunks: RFC 9112 §7.1."""
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(min(LARGEST_BODY_BYTES, int(self.headers.get("Content-Length") or 0)))
        data = b""
        while len(data) <= LARGEST_BODY_BYTES:
            size = int(self.rfile.readline().split(b";")[0], 16)
            data += self.rfile.read(size)
            self.rfile.readline()
            if size == 0:
                break
        return data

    @staticmethod
    def guarded(act):
        try:
            return act()
        except Refusal as refusal:
            return refusal.answer

    def answer(self, world, raw, entry, wrong):
        self.quota = world.quotas["graphql" if self.path == "/graphql" else "core"]
        instead = misbehave.answer(world, wrong, self.quota) if wrong else None
        if instead:
            return instead
        login = self.login(world)
        body = parsed(raw)
        if self.path == "/graphql":
            self.quota.spend()
            features = [part.strip() for part in self.headers.get("GraphQL-Features", "").split(",")]
            roots = schema.roots(world, login, features)
            entry["operation"], shown = graphql.run(roots, body.get("query", ""), body.get("variables") or {})
            return Answer(200, shown)
        request = rest.Request(self.command, self.path, self.headers, body, login)
        answer = rest.answer(world, request)
        if self.matches(answer):
            # Answered from the client's own copy: free of quota.
            return Answer(304, None, {"ETag": etag(answer)})
        self.quota.spend()
        return answer

    def login(self, world):
        words = (self.headers.get("Authorization") or "").split()
        if len(words) != 2:
            raise Refusal(401, "Requires authentication")
        if words[1] not in world.tokens:
            raise Refusal(401, "Bad credentials")
        return world.tokens[words[1]]

    def matches(self, answer):
        asked = self.headers.get("If-None-Match")
        return self.command == "GET" and answer.status == 200 and asked and asked == etag(answer)

    def finish(self, answer):
        quota = getattr(self, "quota", None)
        if quota:
            answer.headers = {**quota.headers(), **answer.headers}
        if self.command == "GET" and answer.status == 200:
            answer.headers["ETag"] = etag(answer)
        return answer

    def send(self, answer, is_cut=False):
        bodyless = answer.status in (204, 304)
        data = b"" if bodyless else encoded(answer)
        self.send_response_only(answer.status)
        world = self.server.world
        self.send_header("Date", email.utils.formatdate(world.clock.seconds(), usegmt=True))
        kind = "text/html" if isinstance(answer.body, str) and answer.body.startswith("<") else "application/json"
        if not bodyless:
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data[:len(data) // 2] if is_cut else data)
        self.close_connection = self.close_connection or is_cut


def parsed(raw):
    try:
        return json.loads(raw) if raw else {}
    except ValueError:
        raise Refusal(400, "Problems parsing JSON") from None


def encoded(answer):
    if isinstance(answer.body, str):
        return answer.body.encode()
    return json.dumps(answer.body, ensure_ascii=False).encode()


def etag(answer):
    link = answer.headers.get("Link", "")
    return 'W/"' + hashlib.sha256(encoded(answer) + link.encode()).hexdigest() + '"'


class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, path, world, log):
        super().__init__(path, Handler)
        self.world = world
        self.log = open(log, "a", encoding="utf-8") if log else None
        self.last_used = time.monotonic()

    def write_log(self, entry):
        if self.log:
            self.log.write(json.dumps(entry) + "\n")
            self.log.flush()

    def handle_error(self, request, client_address):
        """A client that went away is no news; our own mistakes are."""
        if not isinstance(sys.exc_info()[1], (BrokenPipeError, ConnectionResetError)):
            super().handle_error(request, client_address)

    def end_when_idle(self, limit):
        """So that a test that was killed leaves nothing behind for long."""
        while time.monotonic() - self.last_used < limit:
            time.sleep(IDLE_CHECK_SECONDS)
        self.shutdown()


def made(path, seed, log):
    """One that listens, and answers once it runs."""
    world = World()
    world.quotas = {name: Quota(name, world) for name in ("core", "graphql")}
    admin.seed(world, {"viewer": "octo"})
    if seed:
        with open(seed, encoding="utf-8") as file:
            admin.seed(world, json.load(file))
    return Server(path, world, log)


def start(path, seed, log, idle):
    server = made(path, seed, log)
    child = os.fork()
    if child:
        # The socket listens already, so whoever reads this line may connect.
        print(child, flush=True)
        os._exit(0)
    return run(server, idle)


def run(server, idle):
    detach(keep=[server.fileno()] + ([server.log.fileno()] if server.log else []))
    server.last_used = time.monotonic()
    threading.Thread(target=server.end_when_idle, args=(idle,), daemon=True).start()
    server.serve_forever(poll_interval=0.1)
    os.unlink(server.server_address)
    return 0


def detach(keep):
    """A session of its own, and none of the descriptors inherited: a test's runner waits for all that hold its."""
    os.setsid()
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    for descriptor in range(3, 256):
        if descriptor not in keep:
            try:
                os.close(descriptor)
            except OSError:
                pass
