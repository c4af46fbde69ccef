"""Mutates sample documents at random and prints the traceback of the first failure. usage: fuzz_loomyaml.py SEED"""

import random
import sys
import traceback

import loomyaml

SEEDS = ["a: 1\nb:\n  c: two\n", "x: &n 5\ny: *n\n", "l: [1, 2, three]\n", 'q: "a \\" b"\n', "r: !ratio 1/2\n", "h: !hex 00ff\n"]
ALPHABET = "ab:0123 \n\"\\[]*&!/,{}x"


def mutate(rng, text):
    chars = list(text)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(chars) + 1)
        kind = rng.randrange(3)
        if kind == 0:
            chars.insert(at, rng.choice(ALPHABET))
        elif chars and kind == 1:
            chars.pop(min(at, len(chars) - 1))
        elif chars:
            chars[min(at, len(chars) - 1)] = rng.choice(ALPHABET)
    return "".join(chars)


def main():
    seed = int(sys.argv[1])
    rng = random.Random(seed)
    base = SEEDS[seed % len(SEEDS)]
    for _ in range(20000):
        text = mutate(rng, base)
        if "!py" in text:
            continue
        try:
            loomyaml.load(text)
        except Exception:
            traceback.print_exc()
            print("input: " + repr(text), file=sys.stderr)
            sys.exit(1)


main()
