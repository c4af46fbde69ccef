# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""Compiles the task's program, with sizes and numbers of its own."""
import base64
import os

from compile import compiled
from stage import CHANCE, PARAMETERS, leave

with open(os.path.join(os.path.dirname(__file__), "vault.c")) as file:
    body = file.read().split("// BEGIN\n")[1]
numbers = {
    PARAMETERS["kind"]: 1,
    "ROOM": CHANCE.randrange(3, 9) * 16,
    "WANTED": hex(CHANCE.getrandbits(31) | 1 << 30),
    "FIRST": hex(CHANCE.getrandbits(63)) + "ull",
    "SECOND": hex(CHANCE.getrandbits(63)) + "ull",
}
source = "".join(f"#define {name} {number}\n" for name, number in numbers.items()) + body
program = compiled("vault.c", source)
leave({"vault.c": source, "vault": program}, service={"program": base64.b64encode(program).decode()})
