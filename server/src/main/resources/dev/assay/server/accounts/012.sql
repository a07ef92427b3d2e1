CREATE TABLE webhook (
  id      TEXT    NOT NULL PRIMARY KEY,
  project TEXT    NOT NULL REFERENCES project (name),
  url     TEXT    NOT NULL,
  secret  TEXT    NOT NULL,
  events  TEXT    NOT NULL,
  created INTEGER NOT NULL,
  gone    INTEGER
) STRICT;

CREATE INDEX webhook_by_project ON webhook (project, created);

-- Durable before it is sent: what is WAITING is sent at its time, also after the server started again.
CREATE TABLE delivery (
  id       INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  webhook  TEXT    NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
  event    TEXT    NOT NULL,
  type     TEXT    NOT NULL,
  body     TEXT    NOT NULL,
  created  INTEGER NOT NULL,
  state    TEXT    NOT NULL CHECK (state IN ('WAITING', 'DELIVERED', 'DEAD')),
  attempts INTEGER NOT NULL,
  due      INTEGER NOT NULL,
  answer   TEXT,
  UNIQUE (webhook, event)
) STRICT;

CREATE INDEX delivery_by_time ON delivery (state, due)
