-- when runs that go on were heard of last; what has ended is not in it
CREATE TABLE heard_run (
  project TEXT    NOT NULL REFERENCES project (name),
  run     TEXT    NOT NULL,
  heard   INTEGER NOT NULL,
  again   INTEGER NOT NULL,
  silent  INTEGER NOT NULL CHECK (silent IN (0, 1)),
  PRIMARY KEY (project, run)
) STRICT
