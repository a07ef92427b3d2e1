-- requests with an Idempotency-Key that a process carries out now; what a process that died left
-- ends by itself
CREATE TABLE carrying (
  program TEXT    NOT NULL,
  key     TEXT    NOT NULL,
  process TEXT    NOT NULL,
  until   INTEGER NOT NULL,
  PRIMARY KEY (program, key)
) STRICT
