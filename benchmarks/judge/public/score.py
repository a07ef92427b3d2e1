#!/usr/bin/env python3
"""Asks the doors of `assay stats` about series that Debian's R packages carry, and scores the answers.

  score.py FOLDER ASSAY      FOLDER holds the unpacked packages; see `run`

Change points: an answer within five values of the published one is right, as in the Turing change-point data set.
Forecasts: OWA against Naive2 as in the M4 competition, from four origins of each series, the last horizon and those before.
"""
import json
import subprocess
import sys

import numpy as np

import rdata

R = "usr/lib/R/library/datasets/data"
STRUCCHANGE = "usr/lib/R/site-library/strucchange/data"
FORECAST = "usr/lib/R/site-library/forecast/data"
MARGIN = 5
ORIGINS = 4

# first index of each new segment, and who says so
CHANGES = [
    (R, "Nile", None, [28], "Cobb 1978: the flow fell after 1898"),
    (R, "UKDriverDeaths", None, [169], "Harvey & Durbin 1986: seat belts became law in February 1983"),
    (R, "nhtemp", None, [19], "Zeileis et al. 2003: it was warmer after 1930"),
    (STRUCCHANGE, "RealInt", None, [47, 79], "Bai & Perron 2003: after 1972(3) and 1980(3)"),
    (STRUCCHANGE, "BostonHomicide", "homicides", [54], "Piehl et al. 2003: Ceasefire, after June 1996"),
]

# season, horizon
FORECASTS = [
    (R, "AirPassengers", 12, 18), (R, "UKDriverDeaths", 12, 18), (R, "USAccDeaths", 12, 6), (R, "nottem", 12, 18),
    (R, "co2", 12, 18), (R, "ldeaths", 12, 6), (R, "UKgas", 4, 8), (R, "JohnsonJohnson", 4, 8), (R, "LakeHuron", 1, 6),
    (R, "Nile", 1, 6), (R, "lynx", 1, 6), (R, "nhtemp", 1, 6), (R, "treering", 1, 6),
    (FORECAST, "gas", 12, 18), (FORECAST, "wineind", 12, 18), (FORECAST, "woolyrnq", 4, 8),
    (FORECAST, "taylor", 48, 48),
]


def ask(assay, door, lines):
    text = "\n".join(json.dumps(line) for line in lines) + "\n"
    answer = subprocess.run([assay, "stats", door], input=text, capture_output=True, text=True, check=True)
    return {one["id"]: one for one in map(json.loads, answer.stdout.splitlines())}


def values(folder, base, name, part=None):
    value, attributes = rdata.series(f"{folder}/{base}", name)
    if part:
        value = value[attributes["names"][0].index(part)][0]
    return np.array([np.nan if v is None else v for v in value], float)


def naive2(x, season, horizon):
    n = len(x)
    if season == 1 or n < 3 * season or autocorrelated(x, season) is False:
        return np.repeat(x[-1], horizon)
    window = np.r_[0.5, np.ones(season - 1), 0.5] / season if season % 2 == 0 else np.ones(season) / season
    centred = np.convolve(x, window, "valid")
    ratio = x[season // 2:season // 2 + len(centred)] / centred
    s = np.array([ratio[(np.arange(len(ratio)) + season // 2) % season == k].mean() for k in range(season)])
    s *= season / s.sum()
    return x[-1] / s[(n - 1) % season] * s[(n + np.arange(horizon)) % season]


def autocorrelated(x, season):
    """The competition's test of a season, at 90 %."""
    d = x - x.mean()
    r = np.array([1.0] + [(d[k:] * d[:-k]).sum() / (d * d).sum() for k in range(1, season + 1)])
    return bool(abs(r[season]) > 1.645 * np.sqrt((1 + 2 * (r[1:season] ** 2).sum()) / len(x)))


def errors(x, y, forecast, season):
    smape = (200 * np.abs(y - forecast) / (np.abs(y) + np.abs(forecast))).mean()
    lag = season if len(x) > season else 1
    return smape, np.abs(y - forecast).mean() / np.abs(x[lag:] - x[:-lag]).mean()


def changes(folder, assay):
    data = {name: values(folder, base, name, part) for base, name, part, _, _ in CHANGES}
    found = ask(assay, "changepoints", [{"id": n, "values": v.tolist()} for n, v in data.items()])
    right = said = wanted = 0
    for _, name, _, truth, source in CHANGES:
        points = found[name]["changepoints"]
        hit = sum(any(abs(p - t) <= MARGIN for p in points) for t in truth)
        right, said, wanted = right + hit, said + len(points), wanted + len(truth)
        print(f"  {name:15} {hit} of {len(truth)} found, said {points}, published {truth}  ({source})")
    print(f"change points: {right} of {wanted} published ones found, {said - right} others said")


def forecasts(folder, assay):
    lines, truth = [], {}
    for base, name, season, horizon in FORECASTS:
        series = values(folder, base, name)
        for origin in range(1, ORIGINS + 1):
            end = len(series) - origin * horizon
            key = f"{name}/{origin}"
            truth[key] = (series[:end], series[end:end + horizon], season, horizon)
            lines.append({"id": key, "values": series[:end].tolist(), "season": season, "horizon": horizon})
    answers = ask(assay, "forecast", lines)
    per, inside, count = {}, 0, 0
    for key, (x, y, season, horizon) in truth.items():
        answer = answers[key]
        ours = errors(x, y, np.array(answer["mean"]), season)
        naive = errors(x, y, naive2(x, season, horizon), season)
        per.setdefault(key.split("/")[0], []).append((*ours, *naive))
        low, high = np.array(answer["lower"]), np.array(answer["upper"])
        inside += ((low <= y) & (y <= high)).sum()
        count += len(y)
    owas = []
    for name, rows in per.items():
        m = np.mean(rows, 0)
        owas.append((m[0] / m[2] + m[1] / m[3]) / 2)
        print(f"  {name:15} OWA {owas[-1]:.2f}")
    print(f"forecasts: OWA {np.mean(owas):.3f} (mean of {len(owas)} series), median {np.median(owas):.3f}, "
          f"{100 * inside / count:.0f} % inside the 95 % interval")


if __name__ == "__main__":
    changes(*sys.argv[1:3])
    forecasts(*sys.argv[1:3])
