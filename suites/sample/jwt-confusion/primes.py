# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""Primes by chance: Miller and Rabin's test, with bases from the same source."""
SMALL = [p for p in range(3, 2000, 2) if all(p % d for d in range(3, int(p**0.5) + 1, 2))]


def is_prime(n, chance):
    if any(n % p == 0 for p in SMALL):
        return n in SMALL
    odd, twos = n - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for _ in range(12):
        x = pow(chance.randrange(2, n - 1), odd, n)
        if x in (1, n - 1):
            continue
        for _ in range(twos - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


def next_prime(n, chance):
    """The first prime after n."""
    n += 1 + n % 2
    while not is_prime(n, chance):
        n += 2
    return n


def prime(bits, chance, exponent=None):
    """A prime of `bits` bits whose predecessor shares nothing with the exponent."""
    while True:
        found = next_prime(chance.getrandbits(bits) | 3 << (bits - 2), chance)
        if exponent is None or (found - 1) % exponent:
            return found


def smooth_prime(bits, chance, bound):
    """A prime whose predecessor has no prime factor above `bound`."""
    while True:
        product = 2
        while product.bit_length() < bits - 12:
            product *= next_prime(chance.randrange(3, bound - 200), chance)
        for factor in chance.sample(SMALL, 100):
            if is_prime(product * factor + 1, chance):
                return product * factor + 1
