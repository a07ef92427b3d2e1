-- how much a project may have of something; what has no row is without end
CREATE TABLE quota (
  project TEXT    NOT NULL REFERENCES project (name),
  kind    TEXT    NOT NULL,
  most    INTEGER NOT NULL CHECK (most >= 0),
  PRIMARY KEY (project, kind)
) STRICT;

-- what was told of how far it is used, for a day, or for as long as it is so
CREATE TABLE quota_told (
  project TEXT    NOT NULL REFERENCES project (name),
  kind    TEXT    NOT NULL,
  level   INTEGER NOT NULL,
  period  INTEGER NOT NULL,
  PRIMARY KEY (project, kind, level)
) STRICT
