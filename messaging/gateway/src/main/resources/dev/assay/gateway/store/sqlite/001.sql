CREATE TABLE message (
  id INTEGER PRIMARY KEY,
  tenant TEXT NOT NULL,
  state INTEGER NOT NULL,
  steps INTEGER NOT NULL,
  sender TEXT NOT NULL,
  recipient TEXT NOT NULL,
  body TEXT NOT NULL,
  expires INTEGER NOT NULL,
  provider TEXT NOT NULL,
  country TEXT NOT NULL,
  parts INTEGER NOT NULL,
  cost INTEGER NOT NULL,
  code TEXT NOT NULL,
  reference TEXT NOT NULL,
  callback TEXT,
  receipt INTEGER NOT NULL,
  channels TEXT NOT NULL,
  properties TEXT NOT NULL
);
CREATE TABLE event (
  message INTEGER NOT NULL,
  step INTEGER NOT NULL,
  state INTEGER NOT NULL,
  at INTEGER NOT NULL,
  provider TEXT NOT NULL,
  code TEXT NOT NULL,
  PRIMARY KEY (message, step)
) WITHOUT ROWID;
CREATE TABLE submission (
  provider TEXT NOT NULL,
  provider_id TEXT NOT NULL,
  message INTEGER NOT NULL,
  part INTEGER NOT NULL,
  PRIMARY KEY (provider, provider_id, message)
) WITHOUT ROWID;
CREATE TABLE orphan (
  provider TEXT NOT NULL,
  provider_id TEXT NOT NULL,
  state INTEGER NOT NULL,
  code TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (provider, provider_id, at)
) WITHOUT ROWID;
CREATE TABLE callback (
  id INTEGER PRIMARY KEY,
  message INTEGER NOT NULL,
  tenant TEXT NOT NULL,
  url TEXT NOT NULL,
  body TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  due INTEGER NOT NULL,
  dead INTEGER NOT NULL
);
CREATE TABLE once (
  tenant TEXT NOT NULL,
  key TEXT NOT NULL,
  digest TEXT NOT NULL,
  answer TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (tenant, key)
) WITHOUT ROWID;
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  detail TEXT NOT NULL
);
CREATE TABLE heard (
  id INTEGER PRIMARY KEY,
  provider TEXT NOT NULL,
  sender TEXT NOT NULL,
  recipient TEXT NOT NULL,
  body TEXT NOT NULL,
  at INTEGER NOT NULL
);
CREATE TABLE paper (
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  due INTEGER,
  body TEXT NOT NULL,
  PRIMARY KEY (kind, key)
) WITHOUT ROWID;
CREATE INDEX paper_due ON paper (kind, due) WHERE due IS NOT NULL;
