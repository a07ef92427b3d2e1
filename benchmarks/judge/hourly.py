#!/usr/bin/env python3
"""Hourly series with daily and weekly seasons, from a seed, and a scorer of forecasts as in the M4 competition.

OWA is the mean of sMAPE and MASE, each relative to that of Naive2 (the last value with the season taken out before and put back
after; Makridakis, Spiliotis & Assimakopoulos, "The M4 competition", 2020): 1 is Naive2, lower is better. Coverage is that of
the intervals at 95 %.

  hourly.py export --seed 1 --out hourly.jsonl
  assay stats forecast < hourly.jsonl > forecasts.jsonl
  hourly.py score --seed 1 --forecasts forecasts.jsonl
"""
import argparse
import json

import numpy as np

M, H = 24, 48


def ar(rng, n, phi, sd):
    e = rng.normal(0, sd * np.sqrt(1 - phi * phi), n)
    x = np.empty(n)
    x[0] = rng.normal(0, sd)
    for i in range(1, n):
        x[i] = phi * x[i - 1] + e[i]
    return x


def bumps(rng, sharp):
    t = np.arange(M)
    return sum(rng.uniform(0.2, 1) * np.exp(sharp * (np.cos(2 * np.pi * (t - rng.uniform(0, 24)) / M) - 1)) for _ in range(3))


def one(rng):
    n = int(rng.choice([700, 960])) + H
    t = np.arange(n)
    shape = bumps(rng, rng.choice([1, 4, 10]))
    week = np.ones(7)
    kind = rng.integers(4)
    if kind != 0:
        week[5:] = rng.uniform(0.4, 1.1)
        week[:5] *= rng.uniform(0.95, 1.05, 5)
    weekend = bumps(rng, 3) if kind == 2 else shape
    d = (t // M + rng.integers(7)) % 7
    y = np.where(d >= 5, weekend[t % M], shape[t % M]) * week[d]
    y = rng.uniform(0.2, 1.5) + y * rng.uniform(0.3, 1.5)
    drift = np.cumsum(rng.normal(0, rng.choice([0.0, 0.002, 0.006]), n))
    y = y * np.exp(drift + ar(rng, n, rng.choice([0.3, 0.8, 0.95]), rng.choice([0.01, 0.03, 0.08])))
    y *= np.exp(rng.normal(0, rng.choice([0.005, 0.02]), n))
    if rng.random() < 0.2:
        k = int(rng.integers(0, n - H))
        y[k:k + 30] *= rng.uniform(0.7, 1.3)
    return np.round(rng.choice([50, 1000, 20000]) * y, 1)


def series(seed, count=120):
    for j in range(count):
        y = one(np.random.default_rng([seed, j]))
        yield "h%d" % j, y[:-H], y[-H:]


def naive2(x):
    n = len(x)
    c = np.convolve(x, np.r_[0.5, np.ones(M - 1), 0.5] / M, "valid")
    ratio = x[M // 2:M // 2 + len(c)] / c
    s = np.array([ratio[(np.arange(len(ratio)) + M // 2) % M == k].mean() for k in range(M)])
    s *= M / s.sum()
    return (x[-1] / s[(n - 1) % M]) * s[(n + np.arange(H)) % M]


def errors(x, y, f):
    smape = np.mean(200 * np.abs(y - f) / (np.abs(y) + np.abs(f)))
    return smape, np.mean(np.abs(y - f)) / np.mean(np.abs(x[M:] - x[:-M]))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("what", choices=["export", "score"])
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--out")
    ap.add_argument("--forecasts")
    a = ap.parse_args()
    if a.what == "export":
        with open(a.out, "w") as out:
            for name, x, _ in series(a.seed):
                out.write(json.dumps({"id": name, "values": x.tolist(), "season": M, "horizon": H}) + "\n")
        return
    found = {o["id"]: o for o in map(json.loads, open(a.forecasts))}
    ours, theirs, week, inside = [], [], [], []
    for name, x, y in series(a.seed):
        o = found[name]
        f = np.array(o["mean"], float)
        ours.append(errors(x, y, f))
        theirs.append(errors(x, y, naive2(x)))
        week.append(errors(x, y, x[len(x) - 168:len(x) - 168 + H]))
        inside.append(np.mean((np.array(o["lower"]) <= y) & (y <= np.array(o["upper"]))))
    ours, theirs, week = (np.mean(v, axis=0) for v in (ours, theirs, week))
    print("seed %d: OWA %.3f (sMAPE %.2f, MASE %.3f; a week ago %.3f), coverage %.3f" % (
        a.seed, np.mean(ours / theirs), ours[0], ours[1], np.mean(week / theirs), np.mean(inside)))


if __name__ == "__main__":
    main()
