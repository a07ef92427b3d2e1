CREATE TABLE sign_on (
  issuer  TEXT NOT NULL,
  subject TEXT NOT NULL,
  member  TEXT NOT NULL REFERENCES member (name) ON DELETE CASCADE,
  PRIMARY KEY (issuer, subject)
) STRICT
