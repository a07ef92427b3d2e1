ALTER TABLE message ADD COLUMN events TEXT NOT NULL DEFAULT '';
UPDATE message SET events = coalesce((
  SELECT group_concat(line, '') FROM (
    SELECT step || char(9) || state || char(9) || (at - (message.id >> 20)) || char(9)
      || provider || char(9) || replace(replace(code, char(9), ' '), char(10), ' ') || char(10) AS line
    FROM event WHERE event.message = message.id ORDER BY step)), '');
DROP TABLE event;
CREATE TABLE applied (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  number INTEGER NOT NULL,
  store INTEGER NOT NULL
);
INSERT INTO applied (one, number, store) VALUES (1, 0, random());
CREATE INDEX message_awaited ON message (expires, id) WHERE state = 3 AND receipt = 1;
CREATE INDEX callback_of ON callback (tenant, id);
