CREATE TABLE entry (
  tenant   TEXT    NOT NULL,
  sequence INTEGER NOT NULL PRIMARY KEY,
  run      TEXT    NOT NULL,
  body     BLOB    NOT NULL,
  hash     BLOB    NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE INDEX entry_by_run ON entry (tenant, run, sequence);

CREATE TABLE run (
  tenant  TEXT    NOT NULL,
  id      TEXT    NOT NULL,
  opened  INTEGER NOT NULL REFERENCES entry (sequence),
  closed  INTEGER REFERENCES entry (sequence),
  entries INTEGER NOT NULL,
  PRIMARY KEY (tenant, id)
) STRICT;

CREATE UNIQUE INDEX run_by_opened ON run (tenant, opened);

CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
BEGIN
  SELECT RAISE(ABORT, 'the ledger is append-only: an entry is never changed');
END;

CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
BEGIN
  SELECT RAISE(ABORT, 'the ledger is append-only: an entry is never deleted');
END;

CREATE TRIGGER run_is_never_deleted BEFORE DELETE ON run
BEGIN
  SELECT RAISE(ABORT, 'the ledger is append-only: a run is never deleted');
END;

CREATE TRIGGER run_keeps_its_name BEFORE UPDATE OF tenant, id, opened ON run
BEGIN
  SELECT RAISE(ABORT, 'the ledger is append-only: a run is never renamed');
END;
