# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""Compiles the task's program, with sizes and numbers of its own."""
import base64
import os

from compile import compiled
from stage import CHANCE, PARAMETERS, leave

with open(os.path.join(os.path.dirname(__file__), "door.c")) as file:
    body = file.read().split("// BEGIN\n")[1]
bits = PARAMETERS["bits"]
numbers = {
    PARAMETERS["kind"]: 1,
    "SLOTS": CHANCE.randrange(2, 14),
    "WANTED": hex(CHANCE.getrandbits(bits) | 1 << (bits - 1)) + "ull",
}
source = "".join(f"#define {name} {number}\n" for name, number in numbers.items()) + body
program = compiled("door.c", source)
leave({"door.c": source, "door": program}, service={"program": base64.b64encode(program).decode()})
