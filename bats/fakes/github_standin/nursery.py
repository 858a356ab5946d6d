"""A process of which stand-ins are born: to start Python anew for each costs a story more than all that it asks there."""
import os
import select
import signal
import time

from . import server

LOOK_SECONDS = 1
LONGEST_LINE_BYTES = 4096


def serve(path, idle):
    """Has a stand-in for each line `SOCKET LOG ANSWER`, with tabs between, that is written into the FIFO at the path; its
    pid is written into the FIFO ANSWER once it listens. Ends when nobody has asked for so many seconds, or when the FIFO
    is gone.
    """
    os.mkfifo(path, 0o600)
    # For reading and writing: it does not end with whoever asks.
    asked = os.open(path, os.O_RDWR)
    if os.fork():
        return 0
    server.detach(keep=[asked])
    # Where it was begun is one story's folder, and soon gone; git does not start in there.
    os.chdir("/")
    # They are not waited for.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    last, rest = time.monotonic(), b""
    while time.monotonic() - last < idle and os.path.exists(path):
        if not select.select([asked], [], [], LOOK_SECONDS)[0]:
            continue
        last = time.monotonic()
        *lines, rest = (rest + os.read(asked, LONGEST_LINE_BYTES)).split(b"\n")
        for line in lines:
            if os.fork() == 0:
                return bear(*line.decode().split("\t"))
    # So that nobody waits for an answer.
    if os.path.exists(path):
        os.unlink(path)
    return 0


def bear(socket, log, answer):
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    made = server.made(socket, None, log)
    with open(answer, "w", encoding="ascii") as told:
        told.write(f"{os.getpid()}\n")
    return server.run(made, server.IDLE_SECONDS)
