-- since when a project takes no new runs; null for one that does
ALTER TABLE project ADD COLUMN archived INTEGER
