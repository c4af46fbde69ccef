# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""Shows numbers of a generator, and gives the flag to who knows the next one. Every connection has a generator of its own."""
import random

from generators import KINDS
from serve import serve

MOST = 5000


def make(flag, given):
    def begin(number):
        step = KINDS[given["kind"]](random.Random(f"{given['secret']} {number}"))
        shown = 0

        def answer(line):
            nonlocal shown
            word, _, guess = line.partition(" ")
            if word == "guess":
                return flag if guess == str(step()) else None
            shown += 1
            return str(step()) if word == "next" and shown <= MOST else "say: next | guess NUMBER"

        return f"generator {given['kind']}", answer

    return begin


serve(make)
