-- how far the ledger of a project is counted, and what it has: -1 for one that was there before
-- anything was counted; stale where something was erased since
CREATE TABLE used (
  project  TEXT    NOT NULL PRIMARY KEY REFERENCES project (name),
  counted  INTEGER NOT NULL,
  runs     INTEGER NOT NULL,
  entries  INTEGER NOT NULL,
  evidence INTEGER NOT NULL,
  stale    INTEGER NOT NULL
) STRICT;

INSERT INTO used SELECT name, -1, 0, 0, 0, 0 FROM project;

-- what came on a day, in days since 1970
CREATE TABLE used_day (
  project   TEXT    NOT NULL REFERENCES project (name),
  day       INTEGER NOT NULL,
  runs      INTEGER NOT NULL,
  entries   INTEGER NOT NULL,
  evidence  INTEGER NOT NULL,
  artifacts INTEGER NOT NULL,
  requests  INTEGER NOT NULL,
  refused   INTEGER NOT NULL,
  PRIMARY KEY (project, day)
) STRICT;

-- artifacts that are being stored, and are counted once they are
CREATE TABLE used_arriving (
  project TEXT NOT NULL REFERENCES project (name),
  sha256  TEXT NOT NULL,
  PRIMARY KEY (project, sha256)
) STRICT
