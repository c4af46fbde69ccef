# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""A device with constants of its own, and a capture of others who read records from it."""
import os

from device import Device
from stage import CHANCE, PARAMETERS, leave

SESSIONS, READS = 14, 4
numbers = {
    "kind": PARAMETERS["kind"],
    "magic": CHANCE.randbytes(2).hex(),
    "read": CHANCE.randrange(1, 255),
    "order": CHANCE.choice(("big", "little")),
    "start": CHANCE.randrange(1, 65535),
    "mask": CHANCE.randrange(1, 255),
    "polynomial": CHANCE.getrandbits(16) | 1,
    "multiplier": CHANCE.randrange(5, 255, 4),
    "increment": CHANCE.randrange(1, 255, 2),
    "factor": CHANCE.randrange(3, 65535, 2),
    "term": CHANCE.randrange(65535),
    "weights": [CHANCE.randrange(1, 65521) for _ in range(7)],
}
device = Device(numbers)
wanted = PARAMETERS["record"]
records = {n: f"stock {CHANCE.randrange(10_000)}" for n in CHANCE.sample([n for n in range(65536) if n != wanted], 40)}
lines = []
for _ in range(SESSIONS):
    challenge = CHANCE.getrandbits(16)
    lines.append(f"< ready {challenge:04x}")
    for turn in range(1, 1 + READS):
        record = CHANCE.choice(sorted(records))
        lines += [f"> {device.frame(turn, record, challenge).hex()}", f"< record {record}: {records[record]}"]
    lines.append("")
with open(os.path.join(os.path.dirname(__file__), "device.py")) as file:
    code = file.read()
told = {"code": code, "numbers": numbers, "records": records, "wanted": wanted, "seed": CHANCE.getrandbits(31)}
leave({"capture.txt": "\n".join(lines)}, service=told)
