# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""A text under an XOR cipher: a key that repeats, drifts, chains, or is two keys at once."""
from prose import prose_around
from stage import CHANCE, FLAG, PARAMETERS, leave


def key(length):
    return [CHANCE.randrange(1, 256) for _ in range(length)]


def repeat(text, length):
    pad = key(length)
    return bytes(c ^ pad[i % length] for i, c in enumerate(text))


def chain(text, length):
    out = []
    for c in repeat(text, length):
        out.append(c ^ (out[-1] if out else 0))
    return bytes(out)


def drift(text, length):
    pad, step = key(length), CHANCE.randrange(3, 256, 2)
    return bytes(c ^ (pad[i % length] + step * (i // length)) & 255 for i, c in enumerate(text))


def twice(text, length):
    return repeat(repeat(text, length), length + 4)


MODES = {"repeat": repeat, "chain": chain, "drift": drift, "twice": twice}
text = prose_around(CHANCE, PARAMETERS["characters"], FLAG).encode()
leave({"message.bin": MODES[PARAMETERS["mode"]](text, PARAMETERS["key"])})
