CREATE TABLE alias (
  id     TEXT NOT NULL PRIMARY KEY,
  kind   TEXT NOT NULL CHECK (kind IN ('name', 'address')),
  owner  TEXT NOT NULL,
  salt   TEXT,
  value  TEXT,
  erased INTEGER,
  CHECK ((erased IS NULL) = (value IS NOT NULL) AND (value IS NULL) = (salt IS NULL))
) STRICT;

CREATE UNIQUE INDEX alias_by_value ON alias (kind, value, owner) WHERE value IS NOT NULL;

CREATE TABLE audit (
  sequence INTEGER NOT NULL PRIMARY KEY,
  body     TEXT    NOT NULL,
  hash     TEXT    NOT NULL,
  actor    TEXT GENERATED ALWAYS AS (json_extract(body, '$.actor')) VIRTUAL,
  action   TEXT GENERATED ALWAYS AS (json_extract(body, '$.action')) VIRTUAL,
  project  TEXT GENERATED ALWAYS AS (json_extract(body, '$.project')) VIRTUAL,
  target   TEXT GENERATED ALWAYS AS (json_extract(body, '$.target')) VIRTUAL
) STRICT;

CREATE INDEX audit_by_project ON audit (project, sequence);

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only: an entry is never changed');
END;

CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only: an entry is never deleted');
END;

ALTER TABLE member ADD COLUMN disabled INTEGER NOT NULL DEFAULT 0;

-- Each log-in is of a generation; whoever must go at once gets the next one.
ALTER TABLE member ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;

CREATE TABLE invitation (
  hash    TEXT    NOT NULL PRIMARY KEY,
  kind    TEXT    NOT NULL CHECK (kind IN ('JOIN', 'PASSWORD')),
  maker   TEXT    NOT NULL,
  member  TEXT,
  owner   INTEGER NOT NULL,
  project TEXT REFERENCES project (name),
  role    TEXT CHECK (role IN ('VIEWER', 'DEVELOPER', 'OPERATOR', 'ADMIN')),
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL
) STRICT
