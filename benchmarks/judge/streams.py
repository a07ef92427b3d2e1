#!/usr/bin/env python3
"""Streams of metrics with anomalies, from a seed, and a scorer of detectors.

The shapes are those one meets in monitoring: machines, disks, requests, advertisements, traffic, messages, taxis, temperatures,
and artificial ones. The scoring is in the manner of the Numenta Anomaly Benchmark (Lavin & Ahmad, "Evaluating real-time anomaly
detection algorithms", 2015), standard profile: a window of a tenth of the series around its anomalies; the first alarm in a
window earns up to 1, earlier ones more; each alarm outside costs up to 0.11; a missed window costs 1; the first 15 % are free.
0 is a detector that says nothing, 100 is perfect. One threshold for all series is the best one there is ("best"), or that of
the other half of the series ("other").

  streams.py export --seed 1 --out streams.jsonl
  assay stats anomalies < streams.jsonl > scores.jsonl
  streams.py score --seed 1 --scores scores.jsonl
"""
import argparse
import json

import numpy as np

START = 1_400_000_000


def ar(rng, n, phi, sd):
    e = rng.normal(0, sd * np.sqrt(1 - phi * phi), n)
    x = np.empty(n)
    x[0] = rng.normal(0, sd)
    for i in range(1, n):
        x[i] = phi * x[i - 1] + e[i]
    return x


def day(n, per, phase=0.0):
    return np.sin(2 * np.pi * (np.arange(n) / per + phase))


def places(rng, n, k, first=0.2, last=0.93, apart=0.12):
    while True:
        p = np.sort(rng.uniform(first, last, k))
        if k < 2 or np.min(np.diff(p)) > apart:
            return (p * n).astype(int)


def machine(rng):
    n = 4032
    base = rng.choice([0.1, 2, 40, 70])
    y = base * (1 + rng.choice([0.01, 0.05, 0.15]) * ar(rng, n, rng.choice([0.0, 0.5, 0.9]), 1))
    if rng.random() < 0.6:
        s = rng.random(n) < rng.choice([0.002, 0.01, 0.03])
        y[s] *= rng.uniform(1.1, 1.8, s.sum())
    if rng.random() < 0.4:
        y *= 1 + 0.15 * day(n, 288, rng.random())
    at = places(rng, n, int(rng.integers(1, 3)))
    for p in at:
        kind = rng.integers(5)
        m = int(rng.choice([1, 3, 20, 100]))
        if kind <= 1:
            y[p:p + m] *= rng.uniform(1.6, 5)
        elif kind == 2:
            y[p:] *= rng.uniform(1.3, 2.5)
        elif kind == 3:
            y[p:p + 20 + m] *= rng.uniform(0.05, 0.4)
        else:
            y[p:p + 150] *= 1 + 0.5 * np.abs(rng.standard_normal(len(y[p:p + 150])))
    return np.round(y, 3), 300, at


def bursts(rng):
    n = 4032
    y = rng.gamma(1.2, 1, n) * rng.choice([100, 1e4, 1e6])
    quiet = rng.random(n) < rng.choice([0.0, 0.5, 0.9])
    y[quiet] *= rng.choice([0, 0.02])
    period = int(rng.choice([12, 288, 100000]))
    y[::period] *= 5
    usual = np.quantile(y, 0.995)
    at = places(rng, n, int(rng.integers(1, 3)))
    for p in at:
        if rng.random() < 0.6:
            m = int(rng.choice([1, 2, 5]))
            y[p:p + m] = usual * rng.uniform(2, 8)
        else:
            m = int(rng.choice([40, 200]))
            y[p:p + m] += usual * rng.uniform(0.4, 1.5) * rng.random(len(y[p:p + m]))
    return np.round(y), 300, at


def adverts(rng):
    n = 1620
    y = 0.1 * np.exp(0.25 * day(n, 24, rng.random()) + 0.25 * ar(rng, n, 0.6, 1))
    s = rng.random(n) < 0.004
    y[s] *= rng.uniform(1.5, 2, s.sum())
    at = places(rng, n, int(rng.integers(1, 4)))
    for p in at:
        m = int(rng.choice([1, 2, 4]))
        y[p:p + m] *= rng.uniform(3, 8)
    return y, 3600, at


def traffic(rng):
    n = 2400
    shape = np.clip(day(n, 288 / 2, rng.random()), -0.2, 1)
    if rng.random() < 0.5:
        y = 8 + 6 * shape + 2.5 * np.abs(ar(rng, n, 0.4, 1))
        up = True
    else:
        y = 75 - 8 * shape + 4 * ar(rng, n, 0.4, 1)
        up = False
    at = places(rng, n, int(rng.integers(1, 4)))
    for p in at:
        m = int(rng.choice([2, 6, 25]))
        y[p:p + m] = y[p:p + m] * (rng.uniform(2.2, 4) if up else rng.uniform(0.2, 0.6))
    return np.round(y, 1), 300, at


def messages(rng):
    n = 15840
    lam = rng.choice([5, 20, 80]) * np.exp(0.5 * day(n, 288, rng.random()) + 0.25 * ar(rng, n, 0.97, 1))
    y = rng.poisson(lam).astype(float)
    s = rng.random(n) < 0.002
    y[s] *= rng.uniform(1.5, 4, s.sum())
    at = places(rng, n, int(rng.integers(2, 5)), apart=0.1)
    for p in at:
        m = int(rng.choice([3, 12, 60]))
        f = rng.uniform(4, 15)
        y[p:p + m] *= 1 + (f - 1) * np.exp(-np.arange(len(y[p:p + m])) / (m / 2 + 1))
    return np.round(y), 300, at


def taxis(rng):
    n = 10320
    t = np.arange(n)
    week = 1 + 0.12 * np.sin(2 * np.pi * t / 336 + rng.uniform(0, 6)) + 0.08 * (t // 48 % 7 >= 5)
    y = 15000 * (1 + 0.55 * day(n, 48, 0.1) + 0.2 * day(n, 24, 0.3)) * week * np.exp(0.05 * ar(rng, n, 0.85, 1))
    at = places(rng, n, 4, apart=0.1)
    for p in at:
        d = p // 48 * 48
        f = rng.choice([rng.uniform(0.4, 0.7), rng.uniform(1.35, 1.7)])
        y[d + 8:d + 48] *= f
    return np.round(y), 1800, at // 48 * 48 + 20


def temperature(rng):
    n = 7267
    y = 70 + 2.5 * ar(rng, n, 0.998, 1) + 2 * day(n, 24, rng.random()) + 0.4 * ar(rng, n, 0.3, 1)
    at = places(rng, n, 2)
    for p in at:
        m = int(rng.choice([10, 40, 120]))
        y[p:p + m] += rng.choice([-1, 1]) * rng.uniform(5, 12) * np.sin(np.pi * np.arange(len(y[p:p + m])) / m)
    return y, 3600, at


def engine(rng):
    n = 22695
    y = 85 + 5 * ar(rng, n, 0.9995, 1) + 1.2 * ar(rng, n, 0.9, 1)
    at = places(rng, n, int(rng.integers(2, 5)), apart=0.1)
    for p in at:
        m = int(rng.choice([80, 300, 600]))
        y[p:p + m] -= rng.uniform(12, 60) * np.sin(np.pi * np.arange(len(y[p:p + m])) / m)
    return y, 300, at


def artificial(rng):
    n = 4032
    t = np.arange(n)
    on = (t % 288 > 108) & (t % 288 < 216)
    kind = rng.integers(6)
    if kind < 4:
        y = np.where(on, 80.0, 20.0) + rng.uniform(0, 8, n)
        d = int(rng.integers(8, 13)) * 288
        if kind == 0:
            y[d + 109:d + 216] += 45
        elif kind == 1:
            y[d + 109:d + 216] -= 25
        elif kind == 2:
            y[d + 109:d + 216] -= 60
        else:
            y[d + 80:d + 300] = 20 + rng.uniform(0, 0.01, 220)
        return y, 300, np.array([d + 112])
    p = int(rng.uniform(0.4, 0.9) * n)
    y = np.full(n, 0.1) + rng.uniform(0, 0.02, n)
    if kind == 4:
        y[::rng.choice([15, 25, 40])] = 20
        y[p:p + 200:4] = 20
    else:
        s = rng.random(n) < 0.1
        y[s] += rng.uniform(0.5, 1.5, s.sum())
        y[p:p + 3] += rng.uniform(2.5, 4)
    return y, 300, np.array([p])


def healthy(rng):
    n = 4032
    kind = rng.integers(4)
    t = np.arange(n)
    if kind == 0:
        y = 50 + rng.normal(0, 1, n)
    elif kind == 1:
        y = 50 + 20 * day(n, 288) + (0 if rng.random() < 0.5 else 1) * rng.normal(0, 1, n)
    elif kind == 2:
        y = np.full(n, 45.0)
    else:
        y = np.where((t % 288 > 108) & (t % 288 < 216), 80.0, 20.0) + rng.uniform(0, 6, n)
    return y, 300, np.array([], int)


SHAPES = [(machine, 17), (bursts, 5), (adverts, 6), (traffic, 7), (messages, 10), (taxis, 1), (temperature, 2), (engine, 2),
          (artificial, 6), (healthy, 5)]


def streams(seed):
    for si, (shape, count) in enumerate(SHAPES):
        for j in range(count):
            rng = np.random.default_rng([seed, si, j])
            y, step, at = shape(rng)
            n = len(y)
            half = int(0.05 * n / max(1, len(at)))
            wins = [(max(0, int(p) - half), min(n - 1, int(p) + half)) for p in at]
            keep = np.ones(n, bool)
            if shape in (traffic, machine):              # some points are missing
                keep = rng.random(n) > 0.02
                back = np.cumsum(keep) - 1
                wins = [(int(back[a]), int(back[b])) for a, b in wins]
            yield {"id": "%s-%d" % (shape.__name__, j), "timestamps": [START + step * int(i) for i in np.flatnonzero(keep)],
                   "values": [float("%.7g" % v) for v in y[keep]], "_windows": wins}


def sigmoid(y):
    return 2 / (1 + np.exp(5 * y)) - 1


def prepare(windows, scores):
    """Each point as (score, window or -1, what an alarm there earns)."""
    n = len(scores)
    first = min(int(0.15 * n), 750)
    owner = np.full(n, -1)
    gain = np.full(n, -0.11)
    last = None
    order = sorted(windows)
    wi = 0
    for i in range(n):
        while wi < len(order) and i > order[wi][1]:
            last = order[wi]
            wi += 1
        if wi < len(order) and i >= order[wi][0]:
            a, b = order[wi]
            owner[i] = wi
            gain[i] = sigmoid(-(b - i + 1) / (b - a + 1)) / sigmoid(-1.0)
        elif last is not None:
            a, b = last
            y = (i - b) / max(1, b - a)
            gain[i] = 0.11 * (sigmoid(y) if y <= 3 else -1)
    return scores[first:], owner[first:], gain[first:], len(order)


def total(prepared, threshold):
    raw = 0.0
    for scores, owner, gain, windows in prepared:
        hit = np.flatnonzero(scores >= threshold)
        seen = set()
        for i in hit:
            if owner[i] < 0:
                raw += gain[i]
            elif owner[i] not in seen:
                seen.add(owner[i])
                raw += gain[i]
        raw -= windows - len(seen)
    w = sum(p[3] for p in prepared)
    return 100 * (raw + w) / (2 * w)


def best(prepared):
    every = np.unique(np.concatenate([p[0][p[0] > 0.02] for p in prepared]))
    steps = np.unique(np.quantile(every, np.concatenate([np.linspace(0, 0.9, 10), 1 - np.logspace(-1, -4, 60)])))
    return max(((total(prepared, t), t) for t in steps))


def score(seed, path, detail):
    found = {}
    for line in open(path):
        o = json.loads(line)
        found[o["id"]] = np.array(o["scores"], float)
    names, prepared = [], []
    for s in streams(seed):
        names.append(s["id"])
        prepared.append(prepare(s["_windows"], found[s["id"]]))
    top, threshold = best(prepared)
    halves = [[p for i, p in enumerate(prepared) if i % 2 == h] for h in (0, 1)]
    other = np.mean([total(halves[h], best(halves[1 - h])[1]) for h in (0, 1)])
    print("seed %d: best %.1f at %.4f, threshold of the other half %.1f" % (seed, top, threshold, other))
    if detail:
        kinds = {}
        for name, p in zip(names, prepared):
            kinds.setdefault(name.split("-")[0], []).append(p)
        for kind, ps in kinds.items():
            false = sum(int(((s >= threshold) & (o < 0)).sum()) for s, o, g, w in ps)
            hits = sum(len(set(o[(s >= threshold) & (o >= 0)])) for s, o, g, w in ps)
            w = sum(p[3] for p in ps)
            print("  %-12s %3d of %3d windows, %3d false in %2d series%s" % (
                kind, hits, w, false, len(ps), ", %.1f" % total(ps, threshold) if w else ""))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("what", choices=["export", "score"])
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--out")
    ap.add_argument("--scores")
    ap.add_argument("--detail", action="store_true")
    a = ap.parse_args()
    if a.what == "export":
        with open(a.out, "w") as out:
            for s in streams(a.seed):
                out.write(json.dumps({k: v for k, v in s.items() if k != "_windows"}) + "\n")
    else:
        score(a.seed, a.scores, a.detail)


if __name__ == "__main__":
    main()
