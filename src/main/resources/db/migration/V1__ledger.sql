-- Keys are made in Java; only TEXT and BIGINT, so that another database needs no second dialect.
-- Times are milliseconds since the epoch, UTC. Order is by sequence, never by time.

CREATE TABLE archive (
  id        TEXT   NOT NULL PRIMARY KEY,
  sequence  BIGINT NOT NULL UNIQUE,
  name      TEXT   NOT NULL,
  source    TEXT   NOT NULL, -- where its file or folder lies now
  files     TEXT   NOT NULL, -- JSON: path, size, modified, inode of each file
  chunked   BIGINT NOT NULL,
  in_place  BIGINT NOT NULL, -- 1: never moved or deleted
  promises  TEXT   NOT NULL, -- JSON: what checksum files said when it arrived
  bytes     BIGINT NOT NULL,
  identity  TEXT   NOT NULL, -- sha256:…; empty until verified
  producer  TEXT   NOT NULL, -- version of oc-mirror; empty if unknown
  differential BIGINT NOT NULL,
  arrived   BIGINT NOT NULL,
  finished  BIGINT NOT NULL  -- 0: not yet
);

CREATE INDEX archive_identity ON archive (identity);

CREATE TABLE delivery (
  archive   TEXT   NOT NULL REFERENCES archive (id) ON DELETE CASCADE,
  target    TEXT   NOT NULL,
  registry  TEXT   NOT NULL, -- host:port/prefix
  state     TEXT   NOT NULL,
  step      TEXT   NOT NULL,
  code      TEXT   NOT NULL, -- empty: nothing to say
  sentence  TEXT   NOT NULL,
  next      TEXT   NOT NULL,
  evidence  TEXT   NOT NULL, -- lines
  since     BIGINT NOT NULL,
  images    BIGINT NOT NULL, -- planned
  bytes     BIGINT NOT NULL, -- planned
  PRIMARY KEY (archive, target)
);

CREATE INDEX delivery_state ON delivery (state);

CREATE TABLE image (
  archive     TEXT   NOT NULL,
  target      TEXT   NOT NULL,
  destination TEXT   NOT NULL, -- repository:tag below the registry, prefix included
  origins     TEXT   NOT NULL, -- lines: type, reference
  digest      TEXT   NOT NULL, -- empty if it never came to one
  outcome     TEXT   NOT NULL, -- pushed, alreadyThere, deadLettered, heldBack
  code        TEXT   NOT NULL,
  sentence    TEXT   NOT NULL,
  next        TEXT   NOT NULL,
  sent        BIGINT NOT NULL, -- bytes of blobs
  mounted     BIGINT NOT NULL,
  already     BIGINT NOT NULL,
  PRIMARY KEY (archive, target, destination),
  FOREIGN KEY (archive, target) REFERENCES delivery (archive, target) ON DELETE CASCADE
);

CREATE INDEX image_target ON image (target, outcome);

CREATE TABLE request (
  id       TEXT   NOT NULL PRIMARY KEY,
  kind     TEXT   NOT NULL,
  archive  TEXT   NOT NULL,
  argument TEXT   NOT NULL,
  who      TEXT   NOT NULL,
  asked    BIGINT NOT NULL,
  answer   TEXT   NOT NULL  -- empty: not taken up yet; ok; or why not
);

CREATE TABLE event (
  sequence BIGINT NOT NULL PRIMARY KEY,
  at       BIGINT NOT NULL,
  archive  TEXT   NOT NULL,
  target   TEXT   NOT NULL,
  who      TEXT   NOT NULL,
  what     TEXT   NOT NULL,
  detail   TEXT   NOT NULL
);

CREATE INDEX event_archive ON event (archive);
