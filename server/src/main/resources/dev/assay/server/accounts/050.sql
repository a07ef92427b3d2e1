-- what was answered to requests with an Idempotency-Key, for a day
CREATE TABLE answered (
  program TEXT    NOT NULL,
  key     TEXT    NOT NULL,
  request TEXT    NOT NULL,
  status  INTEGER NOT NULL,
  type    TEXT    NOT NULL,
  body    TEXT    NOT NULL,
  at      INTEGER NOT NULL,
  PRIMARY KEY (program, key)
) STRICT;

CREATE INDEX answered_by_time ON answered (at);
