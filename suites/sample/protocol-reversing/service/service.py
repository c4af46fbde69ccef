# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""A device that nobody has a manual of: what it is made of comes in with the flag."""
import random

from serve import serve


def make(flag, given):
    room = {}
    exec(given["code"], room)
    device = room["Device"](given["numbers"])

    def begin(number):
        challenge, turn = random.Random(given["seed"] + number).getrandbits(16), 0

        def answer(line):
            nonlocal turn
            turn += 1
            try:
                record = device.asked(bytes.fromhex(line), turn, challenge)
            except ValueError:
                return None
            if record is None:
                return None
            text = given["records"].get(str(record), "empty")
            return f"record {record}: {flag if record == given['wanted'] else text}"

        return f"ready {challenge:04x}", answer

    return begin


serve(make)
