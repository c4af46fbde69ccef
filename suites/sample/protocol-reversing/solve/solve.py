# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""Tells from the frames' length what they are made of, finds the constants, and asks for the record."""
import sys

from checks import fitted_crc, fitted_response, fitted_sum, fitted_weights, join
from reading import order_of, requests
from talk import Talk, submit

WANTED = 4711
SEEN = requests()


def plain(bodies, size, fit, response=None):
    """How to make a body for a challenge, where bodies are read already and marks have `size` bytes."""
    order = order_of(bodies, SEEN)
    mark = fit([(body[:-size], body[-size:]) for body in bodies]) if order else None
    if mark is None:
        return None

    def make(challenge):
        body = b"\1" + bodies[0][1:2] + WANTED.to_bytes(2, order)
        body += response(challenge).to_bytes(2, "big") if response else b""
        return body + mark(body)

    return make


def bare(bodies):
    order = order_of(bodies, SEEN)
    return lambda challenge: b"\1" + bodies[0][1:2] + WANTED.to_bytes(2, order)


def constant_mask(bodies):
    for mask in range(256):
        make = plain([bytes(c ^ mask for c in body) for body in bodies], 1, fitted_sum)
        if make:
            return lambda challenge: bytes(c ^ mask for c in make(challenge))


def stream(first, multiplier, increment, count):
    x, out = first, [0]
    while len(out) < count:
        x = x * multiplier + increment & 255
        out.append(x)
    return bytes(out)


def rolling_mask(bodies):
    """The records are known, so are two neighbours of the stream for each frame."""
    for order in ("big", "little"):
        pairs = [join(body[2:4], one.record.to_bytes(2, order)) for body, one in zip(bodies, SEEN)]
        for multiplier in range(256):
            increments = {(y - x * multiplier) & 255 for x, y in pairs}
            if len(increments) == 1:
                increment = increments.pop()
                bare_bodies = [join(body, stream(body[0], multiplier, increment, len(body))) for body in bodies]
                make = plain(bare_bodies, 2, fitted_crc)
                if make:
                    return lambda challenge: join(made := make(challenge), stream(1, multiplier, increment, len(made)))


def with_response(bodies, size, fit):
    pairs = {one.challenge: int.from_bytes(body[4:6], "big") for body, one in zip(bodies, SEEN)}
    return plain(bodies, size, fit, fitted_response(list(pairs.items())))


WAYS = {
    4: [bare],
    5: [constant_mask],
    6: [lambda bodies: plain(bodies, 2, fitted_crc), rolling_mask],
    7: [lambda bodies: with_response(bodies, 1, fitted_sum)],
    8: [lambda bodies: with_response(bodies, 2, fitted_weights)],
}
bodies = [one.body for one in SEEN]
for way in WAYS[len(bodies[0])]:
    if make := way(bodies):
        talk = Talk()
        submit(talk.ask((SEEN[0].magic + make(int(talk.greeting.split()[1], 16))).hex()))
        sys.exit()
sys.exit("the frames are of another make")
