CREATE TABLE run (
  no       INTEGER NOT NULL PRIMARY KEY,
  id       TEXT    NOT NULL UNIQUE,
  opened   INTEGER NOT NULL,
  entries  INTEGER NOT NULL,
  outcomes INTEGER NOT NULL,
  kept     INTEGER NOT NULL,
  -- whether a monitor made it: such runs are many, and must not hide those of people and pipelines
  monitor  INTEGER NOT NULL
) STRICT;

CREATE INDEX run_by_time ON run (opened);
CREATE INDEX run_of_people ON run (opened) WHERE monitor = 0;

-- opened is that of the run, again: a check is looked at through its newest runs
CREATE TABLE checked (
  run      INTEGER NOT NULL REFERENCES run (no) ON DELETE CASCADE,
  opened   INTEGER NOT NULL,
  place    INTEGER NOT NULL,
  name     TEXT    NOT NULL,
  type     TEXT    NOT NULL,
  digest   TEXT    NOT NULL,
  stage    INTEGER NOT NULL,
  decision TEXT    NOT NULL,
  took     INTEGER,
  because  TEXT    NOT NULL,
  outcomes INTEGER NOT NULL,
  failed   INTEGER NOT NULL,
  flaky    INTEGER NOT NULL,
  card     TEXT    NOT NULL,
  PRIMARY KEY (run, name)
) STRICT;

CREATE INDEX checked_by_name ON checked (name, opened, run, decision);
CREATE INDEX checked_not_passed ON checked (run, stage) WHERE decision <> 'PASS';

-- the logs of services that a run keeps as artifacts
CREATE TABLE printed (
  run    INTEGER NOT NULL REFERENCES run (no) ON DELETE CASCADE,
  name   TEXT    NOT NULL,
  sha256 TEXT    NOT NULL,
  size   INTEGER NOT NULL,
  PRIMARY KEY (run, name)
) STRICT;

CREATE TABLE outcome (
  id       INTEGER NOT NULL PRIMARY KEY,
  run      INTEGER NOT NULL REFERENCES run (no) ON DELETE CASCADE,
  rank     INTEGER NOT NULL,
  name     TEXT    NOT NULL,
  suite    TEXT    NOT NULL,
  test     TEXT    NOT NULL,
  result   TEXT    NOT NULL,
  took     INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  message  TEXT
) STRICT;

CREATE INDEX outcome_by_rank ON outcome (run, rank, id);
CREATE INDEX outcome_by_check ON outcome (run, name, rank, id);

CREATE TABLE failure (
  run         INTEGER NOT NULL REFERENCES run (no) ON DELETE CASCADE,
  name        TEXT    NOT NULL,
  suite       TEXT    NOT NULL,
  test        TEXT    NOT NULL,
  fingerprint TEXT    NOT NULL,
  title       TEXT    NOT NULL,
  place       TEXT    NOT NULL,
  owner       TEXT    NOT NULL
) STRICT;

CREATE INDEX failure_by_fingerprint ON failure (fingerprint, run);
CREATE INDEX failure_by_run ON failure (run);

CREATE TABLE level (
  run       INTEGER NOT NULL REFERENCES run (no) ON DELETE CASCADE,
  name      TEXT    NOT NULL,
  metric    TEXT    NOT NULL,
  step      TEXT    NOT NULL,
  statistic TEXT    NOT NULL,
  unit      TEXT    NOT NULL,
  shape     TEXT    NOT NULL,
  better    TEXT    NOT NULL,
  value     REAL    NOT NULL,
  PRIMARY KEY (run, name, metric, step, statistic)
) STRICT;

CREATE INDEX level_by_name ON level (name, run);

CREATE TABLE event (
  run     INTEGER NOT NULL REFERENCES run (no) ON DELETE CASCADE,
  name    TEXT    NOT NULL,
  at      INTEGER NOT NULL,
  kind    TEXT    NOT NULL,
  message TEXT    NOT NULL
) STRICT;

CREATE INDEX event_by_name ON event (name, at);
CREATE INDEX event_by_run ON event (run);

-- which files a run names, also what a check named before it was opened again
CREATE TABLE artifact (
  run    INTEGER NOT NULL REFERENCES run (no) ON DELETE CASCADE,
  sha256 TEXT    NOT NULL,
  PRIMARY KEY (run, sha256)
) STRICT, WITHOUT ROWID;
