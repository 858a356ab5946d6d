"""The gateway: sessions, which outlive their connections, and all of its opcodes."""
import json
import queue
import threading
import time
import urllib.parse
import zlib

from . import world as the
from .websocket import Closed

MESSAGE_CONTENT = 1 << 15
REPLAY_LIMIT = 1000


class Session:
    def __init__(self, number, intents):
        self.id = "session%d" % number
        self.intents = intents
        self.sequence = 0
        # What was sent, to be said again: (sequence, payload).
        self.sent = []
        self.connection = None


class Gateway:
    def __init__(self, world, heartbeat, url):
        self.world = world
        self.heartbeat = heartbeat
        self.url = url
        self.lock = threading.RLock()
        self.sessions = {}
        self.count = 0
        self.connections = []
        self.starts_remaining = 1000
        # What was heard: ["identify"], ["resume", sequence], ["heartbeat", sequence], ["closed", code], ["opened"].
        self.heard = []
        # What happens to connections to come, one each, and at which step: see control.py.
        self.troubles = []

    def note(self, *words):
        with self.lock:
            self.heard.append(list(words))
            # Long tests would fill the memory with heartbeats.
            del self.heard[:-1000]

    def dispatch(self, name, data, session=None):
        """Says it to all sessions, also to those that nobody listens to now."""
        with self.lock:
            for one in [session] if session else list(self.sessions.values()):
                said = data
                if name == "MESSAGE_CREATE" and not one.intents & MESSAGE_CONTENT and "guild_id" in data \
                        and not data["mentions"]:
                    said = dict(data, content="")
                one.sequence += 1
                payload = {"op": 0, "s": one.sequence, "t": name, "d": said}
                one.sent.append((one.sequence, payload))
                del one.sent[:-REPLAY_LIMIT]
                if one.connection:
                    one.connection.say(payload)

    def serve(self, socket, path):
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(path).query)
        connection = GatewayConnection(self, socket, query.get("compress") == ["zlib-stream"])
        self.note("opened", query.get("v", ["?"])[0], query.get("encoding", ["?"])[0])
        with self.lock:
            self.connections.append(connection)
            connection.trouble = self.troubles.pop(0) if self.troubles else None
        try:
            connection.run()
        except Closed as closed:
            self.note("closed", closed.code)
        finally:
            connection.outgoing.put(None)
            with self.lock:
                self.connections.remove(connection)
                if connection.session and connection.session.connection is connection:
                    connection.session.connection = None


class GatewayConnection:
    def __init__(self, gateway, socket, is_compressed):
        self.gateway = gateway
        self.socket = socket
        self.session = None
        self.trouble = None
        self.is_deaf = False
        self.deflate = zlib.compressobj() if is_compressed else None
        # Written by a thread of its own: whoever dispatches waits for nobody.
        self.outgoing = queue.Queue()
        threading.Thread(target=self._write, daemon=True).start()

    def _write(self):
        while (item := self.outgoing.get()) is not None:
            try:
                item()
            except Closed:
                return

    def say(self, payload):
        self.say_raw(json.dumps(payload))

    def say_raw(self, text):
        def write():
            if self.deflate:
                self.socket.send_binary(
                    self.deflate.compress(text.encode()) + self.deflate.flush(zlib.Z_SYNC_FLUSH))
            else:
                self.socket.send(text)
        self.outgoing.put(write)

    def close(self, code, reason=""):
        self.outgoing.put(lambda: self.socket.close(code, reason))

    def meets(self, step):
        """Whether the trouble of this connection comes now; it is carried out then."""
        if not self.trouble or self.trouble.get("at", "ready") != step:
            return False
        trouble, self.trouble = self.trouble, None
        return self.misbehave(trouble)

    def misbehave(self, trouble):
        """- Returns: whether the connection is of no more use."""
        kind = trouble["kind"]
        if kind == "drop":
            self.outgoing.put(self.socket.drop)
            return True
        if kind == "close":
            self.close(trouble["code"], trouble.get("reason", ""))
            return True
        if kind == "silent":
            self.is_deaf = True
        elif kind == "reconnect":
            self.say({"op": 7, "d": None, "s": None, "t": None})
        elif kind == "invalid":
            if not trouble.get("resumable") and self.session:
                self.gateway.sessions.pop(self.session.id, None)
            self.say({"op": 9, "d": bool(trouble.get("resumable")), "s": None, "t": None})
        elif kind == "heartbeat":
            self.say({"op": 1, "d": None, "s": None, "t": None})
        elif kind == "garbage":
            self.say_raw(trouble.get("text", "}{"))
        elif kind == "binary":
            self.outgoing.put(lambda: self.socket.send_binary(b"\x00\x01"))
        elif kind == "pings":
            def flood():
                until = time.monotonic() + trouble["seconds"]
                while time.monotonic() < until:
                    self.socket.pings(1000)
            self.outgoing.put(flood)
        elif kind == "sequence":
            # A number from the past, as no gateway should send it.
            self.say({"op": 0, "s": trouble["sequence"], "t": "TYPING_START", "d": {}})
        else:
            raise ValueError(kind)
        return False

    def run(self):
        if self.meets("open"):
            self._drain()
        if self.trouble and self.trouble.get("at") == "greeting" and self.trouble["kind"] == "silent":
            self._drain()
        self.say({"op": 10, "d": {"heartbeat_interval": self.gateway.heartbeat}, "s": None, "t": None})
        while True:
            message = json.loads(self.socket.receive())
            code, data = message["op"], message.get("d")
            if code == 1:
                self.gateway.note("heartbeat", data)
                if not self.is_deaf:
                    self.say({"op": 11, "d": None, "s": None, "t": None})
            elif code in (2, 6) and data.get("token") not in (the.TOKEN, "Bot " + the.TOKEN):
                self.close(4004, "Authentication failed.")
                self._drain()
            elif code == 2:
                self._identify(data)
            elif code == 6:
                self._resume(data)
            elif code in (3, 4, 8):
                pass
            else:
                self.close(4001, "Unknown opcode.")
                self._drain()

    def _drain(self):
        """Reads on until the client is gone."""
        while True:
            self.socket.receive()

    def _identify(self, data):
        gateway = self.gateway
        if self.session:
            self.close(4005, "Already authenticated.")
            self._drain()
        for key in ("os", "browser", "device"):
            assert isinstance(data["properties"][key], str)
        gateway.note("identify", data["intents"])
        if self.meets("identify"):
            self._drain()
        with gateway.lock:
            gateway.count += 1
            gateway.starts_remaining -= 1
            self.session = Session(gateway.count, data["intents"])
            self.session.connection = self
            gateway.sessions[self.session.id] = self.session
            user = gateway.world.user(the.BOT, True)
            gateway.dispatch("READY", {
                "v": 10, "user": user, "guilds": [{"id": the.GUILD, "unavailable": True}],
                "session_id": self.session.id, "resume_gateway_url": gateway.url + "/resume",
                "application": {"id": the.APPLICATION, "flags": 0}, "private_channels": [], "relationships": []},
                self.session)
            gateway.dispatch("GUILD_CREATE", gateway.world.guild(), self.session)
        if self.meets("ready"):
            self._drain()

    def _resume(self, data):
        gateway = self.gateway
        gateway.note("resume", data["seq"])
        if self.meets("resume"):
            self._drain()
        with gateway.lock:
            session = gateway.sessions.get(data["session_id"])
            if session and not isinstance(data["seq"], int) or session and data["seq"] > session.sequence:
                self.close(4007, "Invalid seq.")
                self._drain()
            if not session:
                self.say({"op": 9, "d": False, "s": None, "t": None})
                return
            if session.connection:
                session.connection.close(4000, "Another connection resumes.")
            self.session, session.connection = session, self
            for sequence, payload in session.sent:
                if sequence > data["seq"]:
                    self.say(payload)
            gateway.dispatch("RESUMED", {}, session)
        if self.meets("ready"):
            self._drain()
