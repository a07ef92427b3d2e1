-- how a webhook is told, and a header that is sent with it, such as a key; empty for none
ALTER TABLE webhook ADD COLUMN form TEXT NOT NULL DEFAULT 'EVENTS';

ALTER TABLE webhook ADD COLUMN header TEXT NOT NULL DEFAULT ''
