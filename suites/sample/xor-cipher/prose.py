# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""Plain English-like text to be enciphered."""

_WORDS = """the the the the a a of of to to and and in in is it that was for on as with at by this had not are but from
which there when were would they their will one all more some could time only other then into these two first any about
after before water under people where should through every night morning harbour letter station river engine window
reached carried answered waited opened closed turned followed counted written found seen kept little narrow heavy quiet
early distant careful empty certain several another nothing something because between against without""".split()


def prose(chance, length):
    """At least `length` characters of small letters, spaces, commas and full stops."""
    out = []
    held = 0
    while held < length:
        sentence = " ".join(chance.choice(_WORDS) for _ in range(chance.randint(5, 14)))
        comma = ", " if chance.random() < 0.3 else ". "
        out.append(sentence + comma)
        held += len(out[-1])
    return "".join(out)


def prose_around(chance, length, flag):
    """Text with the flag somewhere in its middle half."""
    text = prose(chance, length)
    at = text.index(" ", chance.randrange(length // 4, length * 3 // 4))
    return text[:at] + " " + flag + text[at:]
