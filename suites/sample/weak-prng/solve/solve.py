# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""Foretells each kind of generator from what it shows."""
import random
from functools import reduce
from math import gcd

from lattice import reduced
from talk import Talk, submit

A, C, M = 6364136223846793005, 1442695040888963407, 1 << 64
TAPS = (0b110000000000001, 0b1101000000001001, 0b10010000000000001)

talk = Talk()


def shown(count):
    return [int(reply) for reply in talk.ask_all(["next"] * count)]


def bits_of(numbers):
    return [number >> n & 1 for number in numbers for n in range(64)]


def known():
    return (2862933555777941757 * shown(1)[0] + 3037000493) % M


def minute():
    seen = shown(3)
    for seed in range(31 * 24 * 60):
        source = random.Random(seed)
        if [source.getrandbits(32) for _ in seen] == seen:
            return source.getrandbits(32)


def blind():
    """Differences follow x -> ax, so that products of them that ought to cancel are multiples of the modulus."""
    seen = shown(40)
    d = [b - a for a, b in zip(seen, seen[1:])]
    # What all differences share with the modulus counts twice in the products.
    shared = reduce(gcd, d)
    m = reduce(gcd, (d[n + 2] * d[n] - d[n + 1] ** 2 for n in range(len(d) - 2))) // shared
    a = d[1] // shared * pow(d[0] // shared, -1, m // shared)
    return (seen[-1] + a * d[-1]) % m


def twister():
    def undo(y, shift, mask):
        x = y
        for _ in range(32):
            x = y ^ ((x << shift if shift > 0 else x >> -shift) & mask)
        return x & 0xFFFFFFFF

    state = []
    for y in shown(624):
        y = undo(undo(y, -18, 0xFFFFFFFF), 15, 0xEFC60000)
        state.append(undo(undo(y, 7, 0x9D2C5680), -11, 0xFFFFFFFF))
    source = random.Random()
    source.setstate((3, (*state, 624), None))
    return source.getrandbits(32)


def shortest_register(bits):
    """Berlekamp's and Massey's algorithm: the taps, as a polynomial in bits, and the length."""
    now, before, length, gap = 1, 1, 0, 1
    past = 0
    for n, bit in enumerate(bits):
        past = past << 1 | bit
        if (now & past).bit_count() & 1:
            kept = now
            now ^= before << gap
            if 2 * length <= n:
                length, before, gap = n + 1 - length, kept, 0
        gap += 1
    return now, length


def register():
    bits = bits_of(shown(3))
    taps, _ = shortest_register(bits)
    past = reduce(lambda held, bit: held << 1 | bit, bits, 0)
    out = 0
    for n in range(64):
        bit = ((taps >> 1) & past).bit_count() & 1
        past, out = past << 1 | bit, out | bit << n
    return out


def truncated():
    """The hidden halves are small, so the state is the point of a lattice that is near to what is shown."""
    seen = shown(6)
    # Without the increment: y follows y -> Ay, and shows what is seen but for a part that is known.
    part = [0]
    for _ in seen[1:]:
        part.append((A * part[-1] + C) % M)
    target = [((s << 32) + (1 << 31) - p) % M for s, p in zip(seen, part)]
    rows = [[pow(A, n, M) for n in range(6)]] + [[M * (n == at) for n in range(6)] for at in range(1, 6)]
    near = target[:]
    for row, unit in reversed(list(zip(*reduced(rows)))):
        share = sum(x * y for x, y in zip(near, unit)) / sum(y * y for y in unit)
        near = [x - round(share) * y for x, y in zip(near, row)]
    x = (target[5] - int(near[5]) + part[5]) % M
    return (A * x + C) % M >> 32


def stream(taps, x, count):
    out, length = 0, taps.bit_length()
    for n in range(count):
        out |= (x & 1) << n
        x = x >> 1 | ((x & taps).bit_count() & 1) << (length - 1)
    return out


def likeliest(taps, wanted, count):
    """The state whose stream agrees most with what is shown: streams of states are sums, so one state follows from another."""
    length = taps.bit_length()
    basis = [stream(taps, 1 << n, count) for n in range(length)]
    state = held = best = most = 0
    for turn in range(1, 1 << length):
        low = (turn & -turn).bit_length() - 1
        state ^= 1 << low
        held ^= basis[low]
        agree = count - (held ^ wanted).bit_count()
        if agree > most:
            best, most = state, agree
    return best


def combined():
    numbers = shown(10)
    count = 64 * len(numbers)
    wanted = sum(number << 64 * n for n, number in enumerate(numbers))
    left, right = (stream(taps, likeliest(taps, wanted, count), count + 64) for taps in TAPS[1:])
    # Where left and right differ, what is shown tells the choice; those bits are linear in the first register's state.
    basis = [stream(TAPS[0], 1 << n, count + 64) for n in range(15)]
    rows = []
    for n in range(count):
        if (left ^ right) >> n & 1:
            rows.append((sum((one >> n & 1) << at for at, one in enumerate(basis)), ~(wanted ^ left) >> n & 1))
    choice = 0
    for at, bit in enumerate(solved(rows, 15)):
        choice ^= basis[at] * bit
    return (left & choice | right & ~choice) >> count


def solved(rows, width):
    """The solution of linear equations over bits."""
    rows, out = list(rows), [0] * width
    pivots = []
    for at in range(width):
        pivot = next((row for row in rows if row[0] >> at & 1), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows = [(r ^ pivot[0], v ^ pivot[1]) if r >> at & 1 else (r, v) for r, v in rows]
        pivots.append((at, pivot))
    for at, (row, value) in reversed(pivots):
        out[at] = value ^ sum(out[n] for n in range(at + 1, width) if row >> n & 1) & 1
    return out


KINDS = {"known": known, "minute": minute, "blind": blind, "twister": twister, "register": register}
KINDS |= {"truncated": truncated, "combined": combined}
submit(talk.ask(f"guess {KINDS[talk.greeting.split()[1]]()}"))
