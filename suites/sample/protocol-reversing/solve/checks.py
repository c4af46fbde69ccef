# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""Finds the constants of checks from examples: (body, mark) pairs. Each gives mark(body), or None where they do not fit."""


def fitted_sum(pairs):
    starts = {(mark[0] - sum(body)) & 255 for body, mark in pairs}
    if len(starts) != 1:
        return None
    start = starts.pop()
    return lambda body: bytes([(sum(body) + start) & 255])


def remainder(polynomial, body):
    value = 0
    for byte in body:
        value ^= byte << 8
        for _ in range(8):
            value = value << 1 ^ (polynomial if value & 0x8000 else 0)
        value &= 0xFFFF
    return value


def join(a, b):
    return bytes(x ^ y for x, y in zip(a, b))


def fitted_crc(pairs):
    """For bodies of one length the start falls out of the difference of two marks, so that the polynomial stands alone."""
    (body, mark), *rest = pairs
    differences = [(join(body, b), int.from_bytes(join(mark, m), "big")) for b, m in rest if b != body]
    for polynomial in range(1, 65536, 2):
        if all(remainder(polynomial, b) == m for b, m in differences):
            base = int.from_bytes(mark, "big")
            return lambda other: (base ^ remainder(polynomial, join(body, other))).to_bytes(2, "big")
    return None


def fitted_weights(pairs, prime=65521):
    """Linear equations: one weight a byte, and one alone. A byte that never changes cannot be told from that one."""
    rows = [[1, *body, int.from_bytes(mark, "big")] for body, mark in pairs]
    width, done = len(rows[0]) - 1, []
    for at in range(width):
        pivot = next((row for row in rows if row[at] % prime), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        factor = pow(pivot[at], -1, prime)
        pivot = [x * factor % prime for x in pivot]
        rows = [[(x - row[at] * y) % prime for x, y in zip(row, pivot)] for row in rows]
        done.append((at, pivot))
    if any(row[-1] for row in rows):
        return None
    weights = [0] * width
    for at, row in reversed(done):
        weights[at] = (row[-1] - sum(row[n] * weights[n] for n in range(at + 1, width))) % prime
    return lambda body: (sum(w * b for w, b in zip(weights, [1, *body])) % prime).to_bytes(2, "big")


def fitted_response(pairs):
    """(challenge, response) pairs: response = challenge * factor + term, modulo 65,536."""
    (c, r), *rest = pairs
    for factor in range(65536):
        if all((q - r - (d - c) * factor) & 0xFFFF == 0 for d, q in rest):
            return lambda challenge: (challenge * factor + r - c * factor) & 0xFFFF
    return None
