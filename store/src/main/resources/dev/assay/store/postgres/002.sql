-- What a run said can be taken away, where an entry of the run after it says so; nothing else.
CREATE FUNCTION entry_is_only_ever_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.tenant = OLD.tenant AND NEW.sequence = OLD.sequence AND NEW.run = OLD.run
        AND NEW.hash = OLD.hash AND octet_length(NEW.body) = 0
        AND (
          SELECT later.sequence > OLD.sequence
              AND position('"entry":"run-erased/1"'::bytea IN later.body) > 0
            FROM entry AS later
           WHERE later.tenant = OLD.tenant AND later.run = OLD.run
           ORDER BY later.sequence DESC LIMIT 1) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'the ledger is append-only: an entry is never changed or deleted';
END
$$;

DROP TRIGGER entry_is_never_changed ON entry;

CREATE TRIGGER entry_is_never_changed BEFORE UPDATE OR DELETE ON entry
  FOR EACH ROW EXECUTE FUNCTION entry_is_only_ever_erased();
