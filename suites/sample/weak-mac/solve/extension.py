# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""SHA-1 and SHA-256 that go on from a digest as if it were their state."""
import math

MASK = 0xFFFFFFFF


def _left(x, n):
    return (x << n | x >> (32 - n)) & MASK


def padding(length):
    """What both functions add to a text of so many bytes."""
    return b"\x80" + bytes(-(length + 9) % 64) + (8 * length).to_bytes(8, "big")


def _words(block):
    return [int.from_bytes(block[at : at + 4], "big") for at in range(0, 64, 4)]


def _sha1_block(state, block):
    w = _words(block)
    for n in range(16, 80):
        w.append(_left(w[n - 3] ^ w[n - 8] ^ w[n - 14] ^ w[n - 16], 1))
    a, b, c, d, e = state
    for n in range(80):
        if n < 20:
            f, k = b & c | ~b & d, 0x5A827999
        elif 40 <= n < 60:
            f, k = b & c | b & d | c & d, 0x8F1BBCDC
        else:
            f, k = b ^ c ^ d, 0x6ED9EBA1 if n < 40 else 0xCA62C1D6
        a, b, c, d, e = (_left(a, 5) + (f & MASK) + e + k + w[n]) & MASK, a, _left(b, 30), c, d
    return [(x + y) & MASK for x, y in zip(state, (a, b, c, d, e))]


_PRIMES = [n for n in range(2, 312) if all(n % d for d in range(2, math.isqrt(n) + 1))]


def _cube_root(x):
    low, high = 0, 1 << 40
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**3 <= x else (low, middle - 1)
    return low


# The first 32 bits of the fractional parts of the primes' cube roots (FIPS 180-4, section 4.2.2).
_K = [_cube_root(p << 96) & MASK for p in _PRIMES]


def _right(x, n):
    return _left(x, 32 - n)


def _sha256_block(state, block):
    w = _words(block)
    for n in range(16, 64):
        low = _right(w[n - 15], 7) ^ _right(w[n - 15], 18) ^ w[n - 15] >> 3
        high = _right(w[n - 2], 17) ^ _right(w[n - 2], 19) ^ w[n - 2] >> 10
        w.append((w[n - 16] + low + w[n - 7] + high) & MASK)
    a, b, c, d, e, f, g, h = state
    for k, word in zip(_K, w):
        one = h + (_right(e, 6) ^ _right(e, 11) ^ _right(e, 25)) + (e & f ^ ~e & g) + k + word
        two = (_right(a, 2) ^ _right(a, 13) ^ _right(a, 22)) + (a & b ^ a & c ^ b & c)
        a, b, c, d, e, f, g, h = (one + two) & MASK, a, b, c, (d + one) & MASK, e, f, g
    return [(x + y) & MASK for x, y in zip(state, (a, b, c, d, e, f, g, h))]


def extended(digest, length, more):
    """The digest of a text of `length` bytes with this digest, its padding, and `more` after them."""
    step = _sha1_block if len(digest) == 20 else _sha256_block
    state = [int.from_bytes(digest[at : at + 4], "big") for at in range(0, len(digest), 4)]
    before = length + len(padding(length))
    text = more + padding(before + len(more))
    for at in range(0, len(text), 64):
        state = step(state, text[at : at + 64])
    return b"".join(word.to_bytes(4, "big") for word in state)
