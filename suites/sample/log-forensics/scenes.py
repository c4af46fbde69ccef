# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""One function a scene: from chance and a number of lines to logs by file name, and the answer."""
import hashlib
from datetime import datetime, timedelta

NAMES = "ada bela cleo dora egon finn gita hugo ines jona kira lars mona nils olga pavel rosa sven tara uwe".split()
START = datetime(2031, 3, 4, 6, 0, 0)


def stamp(seconds):
    return (START + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%S")


def address(chance, net):
    return f"{net}.{chance.randrange(2, 250)}.{chance.randrange(2, 250)}"


def addresses(chance, net, count):
    found = set()
    while len(found) < count:
        found.add(address(chance, net))
    return sorted(found)


def times(chance, count, seconds):
    return sorted(chance.randrange(seconds) for _ in range(count))


def guesses(chance, lines):
    """Who failed most often to log in?"""
    hosts = addresses(chance, "10.20", 30)
    worst = chance.choice(hosts)
    out = []
    for at in times(chance, lines, 80_000):
        host = worst if chance.random() < 0.12 else chance.choice(hosts)
        bad = chance.random() < (0.9 if host == worst else 0.2)
        out.append(f"{stamp(at)} login {'failed' if bad else 'accepted'} user={chance.choice(NAMES)} from={host}")
    return {"auth.log": out}, worst


def taken(chance, lines):
    """Which account was entered right after many failures from one address?"""
    out, victim, where = [], chance.choice(NAMES), address(chance, "10.31")
    for at in times(chance, lines, 80_000):
        bad = chance.random() < 0.25
        out.append((at, f"login {'failed' if bad else 'accepted'} user={chance.choice(NAMES)} from={address(chance, '10.20')}"))
    begin = chance.randrange(20_000, 60_000)
    for n in range(40):
        out.append((begin + 7 * n, f"login failed user={chance.choice(NAMES)} from={where}"))
    out.append((begin + 7 * 40, f"login accepted user={victim} from={where}"))
    for _ in range(3):
        noisy, at = address(chance, "10.31"), chance.randrange(70_000)
        out += [(at + 5 * n, f"login failed user={chance.choice(NAMES)} from={noisy}") for n in range(60)]
    return {"auth.log": [f"{stamp(at)} {text}" for at, text in sorted(out)]}, victim


def sent(chance, lines):
    """Which machine sent most to addresses outside 10.0.0.0/8?"""
    hosts = addresses(chance, "10.4", 12)
    thief = chance.choice(hosts)
    units = {"B": 1, "KB": 1000, "MB": 1_000_000}
    totals, out = dict.fromkeys(hosts, 0), []
    for at in times(chance, lines, 80_000):
        host = chance.choice(hosts)
        outside = chance.random() < 0.4
        unit = chance.choice(["B", "KB", "KB", "MB"] if host == thief or not outside else ["B", "KB"])
        number = chance.randrange(1, 900)
        totals[host] += number * units[unit] if outside else 0
        to = address(chance, "198.51" if outside else "10.4")
        out.append(f"{stamp(at)} flow {host} -> {to} sent={number}{unit} received={chance.randrange(900)}MB")
    return {"flows.log": out}, max(totals, key=totals.get)


def beacon(chance, lines):
    """Which machine calls which address at a steady interval, and how many seconds are between?"""
    hosts, targets = addresses(chance, "10.4", 20), addresses(chance, "198.51", 40)
    out = [(at, f"{chance.choice(hosts)} -> {chance.choice(targets)}") for at in times(chance, lines, 80_000)]
    host, target, every = chance.choice(hosts), chance.choice(targets), chance.randrange(400, 1500)
    begin = chance.randrange(500)
    for n in range((79_000 - begin) // every):
        if chance.random() < 0.85:
            out.append((begin + n * every + chance.randrange(-4, 5), f"{host} -> {target}"))
    return {"flows.log": [f"{stamp(at)} flow {text}" for at, text in sorted(out)]}, f"{host} {target} {every}"


def chained(chance, lines):
    """Lines end with a digest over the one before and themselves. Which was changed, and how many are missing before it?"""
    out, before, whole = [], "0" * 16, times(chance, lines, 80_000)
    for at in whole:
        text = f"{stamp(at)} transfer {chance.choice(NAMES)} {chance.choice(NAMES)} {chance.randrange(10, 9000)}"
        before = hashlib.sha256(f"{before} {text}".encode()).hexdigest()[:16]
        out.append(f"{text} {before}")
    changed = chance.randrange(lines // 2, lines - 10)
    removed = sorted(chance.sample(range(10, lines // 2 - 10, 3), chance.randrange(4, 9)))
    digits = out[changed].split()
    digits[4] = str(int(digits[4]) + 1000)
    out[changed] = " ".join(digits)
    kept = [line for n, line in enumerate(out) if n not in removed]
    return {"ledger.log": kept}, f"{changed - len(removed) + 1} {len(removed)}"


def clocks(chance, lines):
    """Three machines' clocks go wrong by constants. When, by the gateway's clock, was the key on the vault turned?"""
    machines = ("gateway", "desk", "vault")
    off = {"gateway": 0, "desk": chance.randrange(-4000, 4000), "vault": chance.randrange(-4000, 4000)}
    logs = {machine: [] for machine in machines}

    def note(at, machine, text):
        logs[machine].append((at + off[machine], text))

    for at in times(chance, lines, 70_000):
        one, other = chance.choice((("gateway", "desk"), ("desk", "vault")))
        mark = f"{chance.getrandbits(40):010x}"
        note(at, one, f"send {mark} to={other}")
        note(at + chance.choice((0, 1, 1, 2, 3, 40)), other, f"receive {mark} from={one}")
    turned = chance.randrange(20_000, 60_000)
    note(turned, "vault", "key turned")
    files = {f"{name}.log": [f"{stamp(at + 5000)} {text}" for at, text in sorted(log)] for name, log in logs.items()}
    return files, stamp(turned + 5000)


def sessions(chance, lines):
    """Sessions change their names as they go. Whose session was used from two nets at once?"""
    out, people = [], chance.sample(NAMES, 12)
    thief = chance.choice(people)
    for name in people:
        mark, at, home = f"{chance.getrandbits(32):08x}", chance.randrange(2000), address(chance, "10.7")
        other = address(chance, "10.9")
        out.append((at, f"begin {mark} user={name} from={home}"))
        for n in range(lines // 12):
            at += chance.randrange(20, 300)
            if chance.random() < 0.15:
                fresh = f"{chance.getrandbits(32):08x}"
                out.append((at, f"renew {mark} as {fresh}"))
                mark = fresh
                continue
            # People move: from some time on everything comes from another net. A thief's comes in between.
            moved = n > lines // 24 and (name == thief or hash_of(name) % 2)
            there = chance.random() < 0.4 if name == thief else True
            out.append((at, f"use {mark} from={other if moved and there else home}"))
    return {"sessions.log": [f"{stamp(at)} {text}" for at, text in sorted(out)]}, thief


def hash_of(text):
    return hashlib.sha256(text.encode()).digest()[0]


SCENES = {
    "guesses": guesses,
    "taken": taken,
    "sent": sent,
    "beacon": beacon,
    "chained": chained,
    "clocks": clocks,
    "sessions": sessions,
}
