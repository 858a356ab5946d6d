"""The server's side of RFC 6455, on a blocking socket: as much as a gateway needs."""
import base64
import hashlib
import os
import socket
import struct
import threading

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def accepted(key):
    return base64.b64encode(hashlib.sha1(key.encode() + GUID).digest()).decode()


class Closed(Exception):
    """The connection is over; `code` is None where nobody said so."""

    def __init__(self, code=None):
        super().__init__(code)
        self.code = code


class WebSocket:
    def __init__(self, reader, connection):
        self.reader = reader
        self.connection = connection
        self.lock = threading.Lock()
        self.is_over = False

    def _read(self, count):
        data = self.reader.read(count)
        if data is None or len(data) < count:
            raise Closed()
        return data

    def receive(self):
        """The next text; raises Closed. What a client must not do is answered with 1002."""
        text = b""
        while True:
            first, second = self._read(2)
            if first & 0x70 or not second & 0x80:
                self.close(1002)
                raise Closed(1002)
            count = second & 0x7F
            if count == 126:
                count = struct.unpack("!H", self._read(2))[0]
            elif count == 127:
                count = struct.unpack("!Q", self._read(8))[0]
            mask = self._read(4)
            payload = bytes(byte ^ mask[place % 4] for place, byte in enumerate(self._read(count)))
            kind = first & 0x0F
            if kind == 0x8:
                code = struct.unpack("!H", payload[:2])[0] if len(payload) >= 2 else 1005
                self.close(code if code != 1005 else None)
                raise Closed(code)
            if kind == 0x9:
                self._send(0xA, payload)
            elif kind in (0x0, 0x1):
                text += payload
                if first & 0x80:
                    return text.decode()
            elif kind == 0x2:
                self.close(1003)
                raise Closed(1003)

    def _send(self, kind, payload):
        if len(payload) < 126:
            head = struct.pack("!BB", 0x80 | kind, len(payload))
        elif len(payload) < 0x10000:
            head = struct.pack("!BBH", 0x80 | kind, 126, len(payload))
        else:
            head = struct.pack("!BBQ", 0x80 | kind, 127, len(payload))
        with self.lock:
            if self.is_over:
                raise Closed()
            try:
                self.connection.sendall(head + payload)
            except OSError as error:
                raise Closed() from error

    def send(self, text):
        self._send(0x1, text.encode())

    def send_binary(self, data):
        self._send(0x2, data)

    def pings(self, count):
        with self.lock:
            try:
                self.connection.sendall(b"\x89\x00" * count)
            except OSError as error:
                raise Closed() from error

    def close(self, code, reason=""):
        try:
            self._send(0x8, b"" if code is None else struct.pack("!H", code) + reason.encode())
        except Closed:
            pass
        with self.lock:
            self.is_over = True

    def drop(self):
        """Cuts the connection without a word."""
        with self.lock:
            self.is_over = True
        # The plain socket below TLS, so that no goodbye is said there either.
        descriptor = os.dup(self.connection.fileno())
        below = socket.socket(fileno=descriptor)
        below.shutdown(socket.SHUT_RDWR)
        below.close()
