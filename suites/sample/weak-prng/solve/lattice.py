# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""Reduction of a small lattice after Lenstra, Lenstra and Lovász, in exact fractions."""
from fractions import Fraction


def _dot(a, b):
    return sum(x * y for x, y in zip(a, b))


def _orthogonal(rows):
    out = []
    for row in rows:
        rest = [Fraction(x) for x in row]
        for unit in out:
            share = _dot(row, unit) / _dot(unit, unit)
            rest = [x - share * y for x, y in zip(rest, unit)]
        out.append(rest)
    return out


def reduced(rows):
    """The reduced rows, and their orthogonal parts."""
    rows, at = [list(row) for row in rows], 1
    units = _orthogonal(rows)
    while at < len(rows):
        for below in reversed(range(at)):
            share = round(_dot(rows[at], units[below]) / _dot(units[below], units[below]))
            rows[at] = [x - share * y for x, y in zip(rows[at], rows[below])]
        size, before = _dot(units[at], units[at]), _dot(units[at - 1], units[at - 1])
        share = _dot(rows[at], units[at - 1]) / before
        if size >= (Fraction(3, 4) - share * share) * before:
            at += 1
        else:
            rows[at - 1], rows[at] = rows[at], rows[at - 1]
            units = _orthogonal(rows)
            at = max(at - 1, 1)
    return rows, units
