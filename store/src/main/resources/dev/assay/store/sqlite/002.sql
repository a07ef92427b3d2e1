-- What a run said can be taken away, where an entry of the run after it says so; nothing else.
DROP TRIGGER entry_is_never_changed;

CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
WHEN NEW.tenant <> OLD.tenant OR NEW.sequence <> OLD.sequence OR NEW.run <> OLD.run
  OR NEW.hash <> OLD.hash OR length(NEW.body) > 0
  OR coalesce((
    SELECT later.sequence <= OLD.sequence
        OR instr(later.body, CAST('"entry":"run-erased/1"' AS BLOB)) = 0
      FROM entry AS later
     WHERE later.tenant = OLD.tenant AND later.run = OLD.run
     ORDER BY later.sequence DESC LIMIT 1), 1)
BEGIN
  SELECT RAISE(ABORT, 'the ledger is append-only: an entry is never changed');
END;
