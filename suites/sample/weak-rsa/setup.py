# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""RSA without padding under keys that were made, or used, in a way that gives the text away."""
import json

from primes import next_prime, prime, smooth_prime
from stage import CHANCE, FLAG, PARAMETERS, leave

BITS = PARAMETERS["bits"]
message = int.from_bytes(FLAG.encode(), "big")


def public(p, q, e, m=message):
    return {"n": p * q, "e": e, "c": pow(m, e, p * q)}


def small_exponent():
    return [public(prime(BITS // 2, CHANCE), prime(BITS // 2, CHANCE), 3)]


def shared_prime():
    shared = prime(BITS // 2, CHANCE, 65537)
    others = [prime(BITS // 2, CHANCE, 65537) for _ in range(2)]
    return [public(shared, q, 65537) for q in others]


def close_primes():
    p = prime(BITS // 2, CHANCE, 65537)
    q = next_prime(p + CHANCE.getrandbits(BITS // 4 + 4), CHANCE)
    return [public(p, q, 65537)]


def broadcast():
    # Long enough that no single cube is below its modulus.
    long = int.from_bytes(FLAG.encode() + CHANCE.randbytes(BITS // 8 - 44), "big")
    return [public(prime(BITS // 2, CHANCE, 3), prime(BITS // 2, CHANCE, 3), 3, long) for _ in range(3)]


def smooth():
    return [public(smooth_prime(BITS // 2, CHANCE, PARAMETERS["bound"]), prime(BITS // 2, CHANCE, 65537), 65537)]


def small_secret():
    while True:
        p, q = prime(BITS // 2, CHANCE), prime(BITS // 2, CHANCE)
        d = next_prime(CHANCE.getrandbits(BITS // 4 - 8), CHANCE)
        if (p - 1) * (q - 1) % d:
            return [public(p, q, pow(d, -1, (p - 1) * (q - 1)))]


def related():
    p, q = prime(BITS // 2, CHANCE, 3), prime(BITS // 2, CHANCE, 3)
    first = int.from_bytes(FLAG.encode() + CHANCE.randbytes(BITS // 8 - 48) + b"\0", "big")
    gap = PARAMETERS["gap"]
    return [public(p, q, 3, first), {**public(p, q, 3, first + gap), "plus": gap}]


KINDS = {
    "small-exponent": small_exponent,
    "shared-prime": shared_prime,
    "close-primes": close_primes,
    "broadcast": broadcast,
    "smooth": smooth,
    "small-secret": small_secret,
    "related": related,
}
leave({"messages.json": json.dumps(KINDS[PARAMETERS["kind"]](), indent=1) + "\n"})
