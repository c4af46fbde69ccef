# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""A client of the task's service; the port is the first argument."""
import re
import socket
import sys

FLAG = re.compile(r"weir\{[0-9a-f]{32}\}")


class Talk:
    """One connection; `greeting` is the first line it was sent, where the service greets."""

    def __init__(self, greeted=True):
        self.stream = socket.create_connection(("127.0.0.1", int(sys.argv[1]))).makefile("rwb")
        self.greeting = self._line() if greeted else ""

    def ask(self, line):
        """The answer to one line."""
        return self.ask_all([line])[0]

    def ask_all(self, lines):
        """The answers to many lines, sent at once: at most a few hundred short ones."""
        self.stream.write("".join(line + "\n" for line in lines).encode())
        self.stream.flush()
        return [self._line() for _ in lines]

    def _line(self):
        return self.stream.readline().decode("utf-8", "replace").rstrip("\n")


def submit(text):
    """Prints the first flag in a text."""
    print(FLAG.search(text).group())
