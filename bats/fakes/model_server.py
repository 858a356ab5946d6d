"""A scripted stand-in for a model provider's API: what the agents' servers here share.

The script is a JSON array of steps. Each request that offers tools takes the next one, and the last one is
repeated; requests without tools (an agent's side questions, such as a session's title) get the answer "ok".

    {"text": "words"}               the model answers
    {"shell": "command"}            the model calls the agent's shell tool
    {"tool": "Name", "input": {}}   the model calls any tool
    {"status": 429, "type": "rate_limit_error", "message": "…", "headers": {}}   the API refuses

Usage: SERVER --script FILE --port-file FILE [--log FILE] [--seconds N]

The port is chosen by the system and written to --port-file. Each request is one line of JSON in --log. The server
ends by itself after N seconds (default 120), so that none is left behind by a test that was killed.
"""

import argparse
import json
import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Script:
    def __init__(self, steps, log_path):
        self.steps = steps
        self.position = 0
        self.log_path = log_path
        self.lock = threading.Lock()

    def next_step(self, request):
        """The step for a request; side questions do not move the script on."""
        with self.lock:
            if not request.get("tools"):
                return {"text": "ok"}
            step = self.steps[min(self.position, len(self.steps) - 1)]
            self.position += 1
            return step

    def record(self, path, request):
        if self.log_path is None:
            return
        with self.lock, open(self.log_path, "a", encoding="utf-8") as log:
            log.write(json.dumps({"path": path, "body": request}) + "\n")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body are two writes: else the second waits for a delayed acknowledgement, 40 ms an answer.
    disable_nagle_algorithm = True
    script = None
    events = None
    error_body = None

    def do_GET(self):
        self.send_json(404, {"error": {"type": "not_found_error", "message": self.path}})

    do_HEAD = do_GET

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
        self.script.record(self.path, request)
        step = self.script.next_step(request)
        if "status" in step:
            body = type(self).error_body(step)
            return self.send_json(step["status"], body, step.get("headers", {}))
        return self.send_stream(type(self).events(step, request))

    def send_json(self, status, body, headers=None):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def send_stream(self, events):
        data = b"".join(f"event: {e['type']}\ndata: {json.dumps(e)}\n\n".encode() for e in events)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


def serve(events, error_body):
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--script", required=True)
    arguments.add_argument("--port-file", required=True)
    arguments.add_argument("--log")
    arguments.add_argument("--seconds", type=float, default=300)
    options = arguments.parse_args()
    with open(options.script, encoding="utf-8") as script:
        Handler.script = Script(json.load(script), options.log)
    Handler.events = staticmethod(events)
    Handler.error_body = staticmethod(error_body)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    with open(options.port_file + ".new", "w", encoding="ascii") as port_file:
        port_file.write(str(server.server_port))
    os.rename(options.port_file + ".new", options.port_file)
    timer = threading.Timer(options.seconds, server.shutdown)
    timer.daemon = True
    timer.start()
    server.serve_forever()
