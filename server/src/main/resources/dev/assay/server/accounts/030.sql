CREATE TABLE quarantine (
  project TEXT    NOT NULL REFERENCES project (name) ON DELETE CASCADE,
  test    TEXT    NOT NULL,
  owner   TEXT    NOT NULL,
  reason  TEXT    NOT NULL,
  expires TEXT    NOT NULL,
  author  TEXT    NOT NULL,
  created INTEGER NOT NULL,
  PRIMARY KEY (project, test)
) STRICT;

CREATE TABLE failure_owner (
  project     TEXT    NOT NULL REFERENCES project (name) ON DELETE CASCADE,
  fingerprint TEXT    NOT NULL,
  owner       TEXT    NOT NULL,
  author      TEXT    NOT NULL,
  created     INTEGER NOT NULL,
  PRIMARY KEY (project, fingerprint)
) STRICT
