"""One port for the API, the gateway and the controls."""
import http.server
import json
import os
import ssl
import subprocess
import sys
import threading
import time

from . import control
from .gateway import Gateway
from .rest import Rest
from .websocket import Closed, WebSocket, accepted
from .world import World


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body are two writes: else the second waits for a delayed acknowledgement, 40 ms an answer.
    disable_nagle_algorithm = True
    timeout = 120

    def log_message(self, *_):
        pass

    def handle_any(self):
        self.server.last_use = time.monotonic()
        if self.headers.get("Upgrade", "").lower() == "websocket":
            return self.serve_gateway()
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path.startswith("/control/"):
            try:
                value = control.handle(self.server.world, self.server.gateway, self.command, self.path,
                                       json.loads(body) if body else None)
            except (KeyError, TypeError, ValueError) as error:
                return self.answer(400, {}, {"error": repr(error)})
            return self.answer(200, {}, value)
        if not self.path.startswith("/api/v10/"):
            return self.answer(404, {}, {"code": 0, "message": "404: Not Found"})
        path = self.path.removeprefix("/api/v10")
        with self.server.world.lock:
            trouble = self.server.world.troubles.pop(0) if self.server.world.troubles else {"kind": "none"}
        if trouble["kind"] == "delay":
            threading.Event().wait(trouble["seconds"])
        if trouble["kind"] == "status":
            status, headers, value = trouble["status"], trouble.get("headers", {}), trouble.get("body")
        else:
            status, headers, value = self.server.rest.handle(self.command, path, self.headers, body)
        with self.server.world.lock:
            self.server.world.requests.append([self.command, path, status])
            del self.server.world.requests[:-5000]
        self.answer(status, headers, value)

    do_GET = do_POST = do_PUT = do_PATCH = handle_any

    def answer(self, status, headers, value):
        body = b"" if value is None else json.dumps(value).encode() if not isinstance(value, str) else value.encode()
        self.send_response(status)
        for name, content in headers.items():
            self.send_header(name, content)
        if body:
            self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def serve_gateway(self):
        self.send_response(101)
        self.send_header("Upgrade", "websocket")
        self.send_header("Connection", "Upgrade")
        self.send_header("Sec-WebSocket-Accept", accepted(self.headers["Sec-WebSocket-Key"]))
        self.end_headers()
        self.wfile.flush()
        self.close_connection = True
        self.connection.settimeout(None)
        try:
            self.server.gateway.serve(WebSocket(self.rfile, self.connection), self.path)
        except (Closed, OSError):
            pass


class Listener(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    context = None

    def get_request(self):
        connection, address = super().get_request()
        if self.context:
            # The handshake is for the thread that serves it.
            connection = self.context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        return connection, address

    def finish_request(self, request, address):
        if self.context:
            request.settimeout(30)
            request.do_handshake()
        super().finish_request(request, address)

    def handle_error(self, *_):
        """A client that is gone is no news."""


class Server:
    def __init__(self, folder, is_plain, heartbeat):
        self.listener = Listener(("127.0.0.1", 0), Handler)
        self.authority = None if is_plain else os.path.join(os.path.realpath(folder), "authority.pem")
        port = self.listener.server_address[1]
        self.address = "%s://localhost:%d/api/v10" % ("http" if is_plain else "https", port)
        self.port = port
        if not is_plain:
            key = os.path.join(folder, "authority.key")
            subprocess.run(
                ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                 "-keyout", key, "-out", self.authority, "-days", "2", "-subj", "/CN=localhost",
                 "-addext", "subjectAltName=DNS:localhost"], check=True, stderr=subprocess.DEVNULL)
            self.listener.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.listener.context.load_cert_chain(self.authority, key)
        self.listener.world = World()
        scheme = "ws" if is_plain else "wss"
        self.listener.gateway = Gateway(self.listener.world, heartbeat, "%s://localhost:%d" % (scheme, port))
        self.listener.rest = Rest(self.listener.world, self.listener.gateway)
        self.listener.last_use = time.monotonic()

    def facts(self):
        return {"port": self.port, "address": self.address, "authority": self.authority}

    def serve(self):
        threading.Thread(target=self.listener.serve_forever, daemon=True).start()

    def serve_in_background(self, idle):
        pid = os.fork()
        if pid:
            print(json.dumps(dict(self.facts(), pid=pid)), flush=True)
            return 0
        os.setsid()
        nothing = os.open(os.devnull, os.O_RDWR)
        for descriptor in range(3):
            os.dup2(nothing, descriptor)
        self.serve()
        pause = threading.Event()
        while time.monotonic() - self.listener.last_use < idle:
            pause.wait(1)
        os._exit(0)
