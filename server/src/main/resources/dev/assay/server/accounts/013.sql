CREATE TABLE retention (
  project  TEXT    NOT NULL PRIMARY KEY REFERENCES project (name),
  days     INTEGER NOT NULL CHECK (days BETWEEN 1 AND 3650),
  branches TEXT    NOT NULL
) STRICT
