CREATE TABLE member (
  name     TEXT    NOT NULL PRIMARY KEY,
  password TEXT    NOT NULL,
  owner    INTEGER NOT NULL,
  created  INTEGER NOT NULL
) STRICT;

CREATE TABLE project (
  name    TEXT    NOT NULL PRIMARY KEY,
  title   TEXT    NOT NULL,
  created INTEGER NOT NULL
) STRICT;

CREATE TABLE role (
  project TEXT NOT NULL REFERENCES project (name),
  member  TEXT NOT NULL REFERENCES member (name) ON DELETE CASCADE,
  role    TEXT NOT NULL CHECK (role IN ('VIEWER', 'DEVELOPER', 'OPERATOR', 'ADMIN')),
  PRIMARY KEY (project, member)
) STRICT;

CREATE TABLE project_key (
  id      TEXT    NOT NULL PRIMARY KEY,
  project TEXT    NOT NULL REFERENCES project (name),
  name    TEXT    NOT NULL,
  hash    TEXT    NOT NULL,
  scopes  TEXT    NOT NULL,
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  revoked INTEGER
) STRICT;

CREATE INDEX project_key_by_project ON project_key (project, created)
