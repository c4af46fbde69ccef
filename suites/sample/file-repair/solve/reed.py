# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""Corrects words of Reed and Solomon's code after Peterson, Gorenstein and Zierler."""
EXP = [1]
for _ in range(254):
    EXP.append(EXP[-1] << 1 ^ (0x11D if EXP[-1] & 0x80 else 0))
LOG = {x: n for n, x in enumerate(EXP)}


def times(a, b):
    return EXP[(LOG[a] + LOG[b]) % 255] if a and b else 0


def inverse(a):
    return EXP[-LOG[a] % 255]


def at(polynomial, x):
    """The value of a polynomial whose highest coefficient comes first."""
    out = 0
    for coefficient in polynomial:
        out = times(out, x) ^ coefficient
    return out


def solved(rows):
    """The solution of linear equations, each a row of coefficients and a right side; None where there is not one."""
    rows, width = [list(row) for row in rows], len(rows)
    for n in range(width):
        pivot = next((r for r in range(n, width) if rows[r][n]), None)
        if pivot is None:
            return None
        rows[n], rows[pivot] = rows[pivot], rows[n]
        factor = inverse(rows[n][n])
        rows[n] = [times(factor, x) for x in rows[n]]
        for r in range(width):
            if r != n and rows[r][n]:
                rows[r] = [a ^ times(rows[r][n], b) for a, b in zip(rows[r], rows[n])]
    return [row[-1] for row in rows]


def corrected(word, checks):
    """The word without its wrong bytes, or None where there are too many."""
    signs = [at(word, EXP[n]) for n in range(checks)]
    if not any(signs):
        return bytes(word)
    for count in range(checks // 2, 0, -1):
        locator = solved([[*signs[n : n + count], signs[n + count]] for n in range(count)])
        if locator is None:
            continue
        # x^count + … whose roots are the places' elements.
        places = [p for p in range(len(word)) if at([1, *reversed(locator)], EXP[p]) == 0]
        if len(places) != count:
            continue
        sizes = solved([[*(EXP[p * n % 255] for p in places), signs[n]] for n in range(count)])
        if sizes is None:
            continue
        out = bytearray(word)
        for place, size in zip(places, sizes):
            out[len(word) - 1 - place] ^= size
        if not any(at(out, EXP[n]) for n in range(checks)):
            return bytes(out)
    return None
