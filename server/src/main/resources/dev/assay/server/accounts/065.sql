-- what people decided on runs: signed statements, added and never changed
CREATE TABLE ruling (
  id        TEXT    NOT NULL PRIMARY KEY,
  project   TEXT    NOT NULL REFERENCES project (name),
  run       TEXT    NOT NULL,
  statement TEXT    NOT NULL,
  made      INTEGER NOT NULL
) STRICT;

CREATE INDEX ruling_by_run ON ruling (project, run, made);

CREATE TABLE ruling_withdrawal (
  ruling    TEXT NOT NULL PRIMARY KEY REFERENCES ruling (id) ON DELETE CASCADE,
  statement TEXT NOT NULL
) STRICT;

CREATE TRIGGER ruling_is_never_changed BEFORE UPDATE ON ruling
BEGIN
  SELECT RAISE(ABORT, 'what was decided is never changed, only withdrawn');
END;

CREATE TRIGGER ruling_withdrawal_is_never_changed BEFORE UPDATE ON ruling_withdrawal
BEGIN
  SELECT RAISE(ABORT, 'a withdrawal is never changed');
END;

CREATE TABLE ruling_rule (
  project       TEXT    NOT NULL PRIMARY KEY REFERENCES project (name),
  needed        INTEGER NOT NULL CHECK (needed BETWEEN 1 AND 5),
  override_days INTEGER NOT NULL CHECK (override_days BETWEEN 1 AND 90),
  approval_days INTEGER NOT NULL CHECK (approval_days BETWEEN 1 AND 365)
) STRICT
