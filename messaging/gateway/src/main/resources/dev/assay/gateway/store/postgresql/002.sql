ALTER TABLE message ADD COLUMN events TEXT NOT NULL DEFAULT '';
UPDATE message SET events = coalesce((
  SELECT string_agg(step || chr(9) || state || chr(9) || (at - (message.id >> 20)) || chr(9)
      || provider || chr(9) || replace(replace(code, chr(9), ' '), chr(10), ' ') || chr(10), '' ORDER BY step)
    FROM event WHERE event.message = message.id), '');
DROP TABLE event;
CREATE INDEX message_awaited ON message (expires, id) WHERE state = 3 AND receipt = 1;
CREATE INDEX callback_of ON callback (tenant, id);
