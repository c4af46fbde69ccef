# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""Takes lines `WORD HEX` to the mode that the task is about."""
import random

from modes import MODES
from serve import serve


def make(flag, given):
    def begin(number):
        chance = random.Random(f"{given['seed']} {number}")
        judge = MODES[given["mode"]](bytes.fromhex(given["key"]), chance, flag)

        def answer(line):
            word, _, text = line.partition(" ")
            try:
                return judge(word, bytes.fromhex(text))
            except ValueError:
                return "not hex"

        return f"mode {given['mode']}", answer

    return begin


serve(make)
