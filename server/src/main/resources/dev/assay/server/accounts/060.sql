-- keys of programs for the whole server; no project is in them
CREATE TABLE server_key (
  id      TEXT    NOT NULL PRIMARY KEY,
  name    TEXT    NOT NULL,
  hash    TEXT    NOT NULL,
  scopes  TEXT    NOT NULL,
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  revoked INTEGER
) STRICT
