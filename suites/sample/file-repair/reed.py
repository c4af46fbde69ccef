# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""Reed and Solomon's code over 256 elements (polynomial 0x11d, generator 2): appends check bytes."""
EXP = [1]
for _ in range(254):
    EXP.append(EXP[-1] << 1 ^ (0x11D if EXP[-1] & 0x80 else 0))
LOG = {x: n for n, x in enumerate(EXP)}


def times(a, b):
    return EXP[(LOG[a] + LOG[b]) % 255] if a and b else 0


def encoded(message, checks):
    generator = [1]
    for n in range(checks):
        generator = [a ^ times(b, EXP[n]) for a, b in zip([*generator, 0], [0, *generator])]
    rest = [*message, *[0] * checks]
    for at in range(len(message)):
        if factor := rest[at]:
            for n, g in enumerate(generator):
                rest[at + n] ^= times(g, factor)
    return bytes(message) + bytes(rest[-checks:])
