-- what a webhook signed with before, and until when it signs with both
ALTER TABLE webhook ADD COLUMN earlier TEXT;

ALTER TABLE webhook ADD COLUMN earlier_until INTEGER
