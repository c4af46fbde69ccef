# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""Generators of numbers that can be foretold. Each takes a source of secrets and gives a function for the next number."""
import random


def known(chance):
    """Multiplier and increment stand here, and every bit of the state is shown."""
    return congruential(2862933555777941757, 3037000493, 1 << 64, chance.getrandbits(64))


def congruential(a, c, m, x):
    def step():
        nonlocal x
        x = (a * x + c) % m
        return x

    return step


def minute(chance):
    """Python's own generator, begun with the minute of a month."""
    source = random.Random(chance.randrange(31 * 24 * 60))
    return lambda: source.getrandbits(32)


def blind(chance):
    """Multiplier, increment and modulus are secret."""
    m = chance.getrandbits(62) | 1 << 62 | 1
    return congruential(chance.randrange(m // 2, m), chance.randrange(m), m, chance.randrange(m))


def twister(chance):
    """Python's own generator, begun with what nobody guesses."""
    source = random.Random(chance.getrandbits(256))
    return lambda: source.getrandbits(32)


def shifted(taps, x):
    """A shift register: the parity of the tapped bits comes in on top, the lowest bit goes out."""
    length = taps.bit_length()

    def step():
        nonlocal x
        out = x & 1
        x = x >> 1 | ((x & taps).bit_count() & 1) << (length - 1)
        return out

    return step


def register(chance):
    """48 bits of state and taps that are secret; 64 bits are shown at a time."""
    taps = chance.getrandbits(47) | 1 << 47 | 1
    bit = shifted(taps, chance.getrandbits(48) | 1)
    return lambda: sum(bit() << n for n in range(64))


def truncated(chance):
    """64 bits of state, of which the upper 32 are shown; the multiplier stands here."""
    full = congruential(6364136223846793005, 1442695040888963407, 1 << 64, chance.getrandbits(64))
    return lambda: full() >> 32


# Lengths 15, 16 and 17; x^n goes with the highest bit.
TAPS = (0b110000000000001, 0b1101000000001001, 0b10010000000000001)


def combined(chance):
    """Three registers, of which the first chooses between the others; 64 bits are shown at a time."""
    a, b, c = (shifted(taps, chance.randrange(1, 1 << taps.bit_length())) for taps in TAPS)

    def bit():
        choice, left, right = a(), b(), c()
        return left if choice else right

    return lambda: sum(bit() << n for n in range(64))


KINDS = {
    "known": known,
    "minute": minute,
    "blind": blind,
    "twister": twister,
    "register": register,
    "truncated": truncated,
    "combined": combined,
}
