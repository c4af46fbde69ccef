# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""A server on the own loopback that no other process can look into: one process a connection, one line a question."""
import ctypes
import json
import os
import signal
import socket
import sys

PR_SET_DUMPABLE = 4
LONGEST_LINE = 1 << 16
SECONDS = 600


def by_lines(connection, greeting, answer):
    """Says the greeting, where there is one, and answers lines until answer(line) is None."""
    connection.sendall(greeting.encode() + b"\n" if greeting else b"")
    held = b""
    while len(held) < LONGEST_LINE and (chunk := connection.recv(LONGEST_LINE)):
        *lines, held = (held + chunk).split(b"\n")
        out = []
        for line in lines:
            said = answer(line.decode("utf-8", "replace").rstrip("\r"))
            if said is None:
                break
            out.append(said.encode() + b"\n")
        connection.sendall(b"".join(out))
        if len(out) < len(lines):
            return


def serve(make, talk=by_lines):
    """make(flag, service) gives begin(connection number), whose results are what talk is called with beside the connection."""
    # Before the flag is read: from here on other processes of this user open nothing below /proc/PID.
    if ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0:
        sys.exit("this process cannot be made unreadable")
    given = json.loads(sys.stdin.readline())
    begin = make(given["flag"], given["service"])
    listener = socket.create_server(("127.0.0.1", given["port"]), backlog=64)
    if os.fork():
        os._exit(0)
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nothing, stream)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    number = 0
    while True:
        connection, _ = listener.accept()
        number += 1
        try:
            child = os.fork()
        except OSError:
            child = -1
        if child == 0:
            listener.close()
            signal.alarm(SECONDS)
            try:
                talk(connection, *begin(number))
            finally:
                os._exit(0)
        connection.close()

