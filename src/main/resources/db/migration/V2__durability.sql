-- Waiting is measured in time Landfall has run, which no clock can make jump.
CREATE TABLE uptime (
  id     BIGINT NOT NULL PRIMARY KEY, -- 1: there is one row
  millis BIGINT NOT NULL
);

ALTER TABLE archive ADD COLUMN arrived_up BIGINT NOT NULL DEFAULT 0; -- uptime in milliseconds
ALTER TABLE archive ADD COLUMN finished_up BIGINT NOT NULL DEFAULT 0;
ALTER TABLE archive ADD COLUMN strikes BIGINT NOT NULL DEFAULT 0; -- how often it ended the program

ALTER TABLE request ADD COLUMN sequence BIGINT NOT NULL DEFAULT 0;

-- What a reviewer has accepted of an archive.
CREATE TABLE release (
  archive TEXT   NOT NULL REFERENCES archive (id) ON DELETE CASCADE,
  code    TEXT   NOT NULL,
  who     TEXT   NOT NULL,
  reason  TEXT   NOT NULL,
  at      BIGINT NOT NULL,
  PRIMARY KEY (archive, code)
);
