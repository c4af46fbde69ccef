# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""Answers the question of whichever logs are there."""
import hashlib
import os
import re
import statistics
from collections import Counter, defaultdict
from datetime import datetime, timedelta


def lines(name):
    with open(f"/work/{name}") as file:
        return file.read().splitlines()


def seconds(line):
    return int((datetime.fromisoformat(line[:19]) - datetime(2031, 1, 1)).total_seconds())


def fields(line):
    return dict(re.findall(r"(\w+)=(\S+)", line))


def taken_or_guesses(log):
    """An account that was entered after thirty quick failures from its address; else who failed most."""
    failed, row = Counter(), defaultdict(list)
    for line in log:
        one = fields(line)
        if " failed " in line:
            failed[one["from"]] += 1
            row[one["from"]].append(seconds(line))
        elif len(row[one["from"]]) > 30 and seconds(line) - row[one["from"]][-30] < 600:
            return one["user"]
        else:
            row[one["from"]].clear()
    return failed.most_common(1)[0][0]


def sent(log):
    units, totals = {"B": 1, "KB": 1000, "MB": 1_000_000}, Counter()
    for line in log:
        _, _, host, _, to, amount, _ = line.split()
        number, unit = re.fullmatch(r"sent=(\d+)(\w+)", amount).groups()
        totals[host] += 0 if to.startswith("10.") else int(number) * units[unit]
    return totals.most_common(1)[0][0]


def hits(at, every):
    """How many fall where an interval says, counted from the most usual place."""
    places = Counter((t % every) // 10 for t in at)
    return max(places[p] + places[(p + 1) % (every // 10 + 1)] for p in places)


def beacon(log):
    """Of the busiest pairs, the one whose calls fall best into one interval, and of intervals the longest that does as well."""
    calls = defaultdict(list)
    for line in log:
        _, _, host, _, to = line.split()
        calls[host, to].append(seconds(line))
    busiest = sorted(calls, key=lambda pair: -len(calls[pair]))[:6]
    pair, every = max(
        ((pair, every) for pair in busiest for every in range(400, 1500)),
        key=lambda one: hits(calls[one[0]], one[1]) / len(calls[one[0]]),
    )
    at = calls[pair]
    for many in (3, 2):
        if max(hits(at, near) for near in range(every * many - many, every * many + many + 1)) > hits(at, every) * 0.8:
            every *= many
            break
    return f"{pair[0]} {pair[1]} {refined(at, every)}"


def refined(at, every):
    """The interval near to a first guess that leaves the least rest."""
    sums = {}
    for guess in range(every - 3, every + 4):
        middle = statistics.median(t % guess for t in at)
        rests = sorted(abs((t - middle + guess / 2) % guess - guess / 2) for t in at)
        sums[guess] = sum(rests[: len(rests) * 3 // 4])
    return min(sums, key=sums.get)


def chained(log):
    """Each line that does not follow is a break; the last break is the change, for what was taken out stood before it."""
    breaks, before = [], "0" * 16
    for n, line in enumerate(log):
        text, _, mark = line.rpartition(" ")
        if hashlib.sha256(f"{before} {text}".encode()).hexdigest()[:16] != mark:
            breaks.append(n + 1)
        before = mark
    return f"{breaks[-1]} {len(breaks) - 1}"


def clocks():
    def exchanges(one, other):
        there = {line.split()[2]: seconds(line) for line in lines(f"{one}.log") if " send " in line}
        back = {line.split()[2]: seconds(line) for line in lines(f"{other}.log") if " receive " in line}
        return [back[mark] - at for mark, at in there.items() if mark in back]

    # What is sent arrives at once at the quickest: the least gap is the clocks' difference.
    off = min(exchanges("gateway", "desk")) + min(exchanges("desk", "vault"))
    turned = next(line for line in lines("vault.log") if "key turned" in line)
    return (datetime.fromisoformat(turned[:19]) - timedelta(seconds=off)).strftime("%Y-%m-%dT%H:%M:%S")


def sessions(log):
    """Whose session goes to and fro between nets most often."""
    owner, last, turns = {}, {}, Counter()
    for line in log:
        words = line.split()
        if words[1] == "begin":
            owner[words[2]] = fields(line)["user"]
        elif words[1] == "renew":
            owner[words[4]] = owner[words[2]]
        else:
            name, where = owner[words[2]], fields(line)["from"]
            turns[name] += last.get(name, where) != where
            last[name] = where
    return turns.most_common(1)[0][0]


here = set(os.listdir("/work"))
if "auth.log" in here:
    print(taken_or_guesses(lines("auth.log")))
elif "flows.log" in here:
    print((sent if "sent=" in lines("flows.log")[0] else beacon)(lines("flows.log")))
elif "ledger.log" in here:
    print(chained(lines("ledger.log")))
elif "sessions.log" in here:
    print(sessions(lines("sessions.log")))
else:
    print(clocks())
