"""HTTP on a loopback port: reading, the token, misbehaviour, the log; the answers come from elsewhere."""
import http.server
import json
import os
import socketserver
import threading
import time
import urllib.parse

from . import admin
from .methods import METHODS
from .world import Refusal, World

LARGEST_BODY_BYTES = 1 << 20
IDLE_CHECK_SECONDS = 1


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body are two writes: else the second waits for a delayed acknowledgement, 40 ms an answer.
    disable_nagle_algorithm = True

    def do_GET(self):
        self.server.last_used = time.monotonic()
        parts = urllib.parse.urlsplit(self.path)
        length = min(int(self.headers.get("Content-Length") or 0), LARGEST_BODY_BYTES)
        raw = self.rfile.read(length) if length else b""
        query = dict(urllib.parse.parse_qsl(parts.query))
        if parts.path.startswith("/__admin/"):
            self.serve_admin(parts.path[len("/__admin/"):], query, raw)
        else:
            self.serve_method(parts.path, query, raw)
        self.server.last_used = time.monotonic()

    do_POST = do_GET

    def log_message(self, format, *arguments):
        """Nothing: the log is ours."""

    def serve_admin(self, name, query, raw):
        answer = admin.answer(self.server.world, self.command, name, query, json.loads(raw or b"null"))
        self.send(404 if answer is None else 200, answer)

    def fields(self, query, raw):
        """Parameters come in the query, as a form, or as JSON."""
        kind = (self.headers.get("Content-Type") or "").split(";")[0]
        if kind == "application/json":
            return json.loads(raw or b"{}")
        form = dict(urllib.parse.parse_qsl(raw.decode())) if kind == "application/x-www-form-urlencoded" else {}
        for name, value in form.items():
            # What is no text is JSON there, too.
            if name in ("allowed_updates", "reply_parameters", "link_preview_options") or value in ("true", "false"):
                form[name] = json.loads(value)
        return {**query, **form}

    def serve_method(self, path, query, raw):
        world = self.server.world
        prefix = f"/bot{world.token}/"
        if not path.startswith(prefix):
            return self.send(401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
        method = path[len(prefix):]
        fields = self.fields(query, raw)
        try:
            trouble = world.next_trouble(method, int(fields.get("chat_id") or 0))
            if trouble and self.misbehave(trouble):
                return self.note(method, fields, trouble["kind"])
            if method.lower() not in METHODS:
                raise Refusal(404, "Not Found: method not found")
            answer = METHODS[method.lower()](world, fields)
            if trouble and trouble["kind"] == "drop_after":
                self.close_connection = True
                return self.note(method, fields, "drop_after")
            self.note(method, fields, 200)
            self.send(200, {"ok": True, "result": answer})
        except Refusal as refusal:
            self.note(method, fields, refusal.code)
            self.refuse(refusal)

    def note(self, method, fields, status):
        self.server.world.log.append({"method": method, "fields": fields, "status": status})

    def misbehave(self, trouble):
        kind = trouble["kind"]
        if kind == "limited":
            seconds = int(trouble.get("seconds", 1))
            self.refuse(Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds))
        elif kind == "fault":
            self.refuse(Refusal(500, "Internal Server Error"))
        elif kind == "forbidden":
            self.refuse(Refusal(403, "Forbidden: bot was blocked by the user"))
        elif kind == "unauthorized":
            self.refuse(Refusal(401, "Unauthorized"))
        elif kind == "garbage":
            self.send_bytes(200, b'{"ok":true,"result":[{"upd')
        elif kind == "unparsable":
            self.refuse(Refusal(400, "Bad Request: can't parse entities: as the test wants it"))
        elif kind == "drop":
            self.close_connection = True
        else:
            return False
        return True

    def refuse(self, refusal):
        body = {"ok": False, "error_code": refusal.code, "description": refusal.words}
        if refusal.parameters:
            body["parameters"] = refusal.parameters
        self.send(refusal.code, body)

    def send(self, status, body):
        self.send_bytes(status, json.dumps(body).encode())

    def send_bytes(self, status, data):
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    allow_reuse_address = True


def start(token, port, idle):
    server = Server(("127.0.0.1", port), Handler)
    server.world, server.last_used = World(token), time.monotonic()
    pid = os.fork()
    if pid:
        print(f"{pid} {server.server_address[1]}", flush=True)
        return 0
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(nothing, descriptor)
    # Bats waits for whoever holds its descriptor 3.
    os.closerange(3, server.fileno())
    os.closerange(server.fileno() + 1, 256)
    threading.Thread(target=watch, args=(server, idle), daemon=True).start()
    server.serve_forever()
    return 0


def watch(server, idle):
    """Ends a server that a killed test has left behind."""
    while time.monotonic() - server.last_used < idle:
        time.sleep(IDLE_CHECK_SECONDS)
    os._exit(0)
