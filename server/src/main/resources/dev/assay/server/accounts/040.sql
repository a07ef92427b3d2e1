CREATE TABLE observe_document (
  project TEXT NOT NULL,
  kind    TEXT NOT NULL,
  id      TEXT NOT NULL,
  body    TEXT NOT NULL,
  PRIMARY KEY (project, kind, id)
) STRICT
