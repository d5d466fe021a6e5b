-- What is known of a delivery beside its images.
CREATE TABLE note (
  archive TEXT NOT NULL,
  target  TEXT NOT NULL,
  kind    TEXT NOT NULL, -- warning, unclaimed, change, signature, template
  name    TEXT NOT NULL,
  text    TEXT NOT NULL,
  PRIMARY KEY (archive, target, kind, name),
  FOREIGN KEY (archive, target) REFERENCES delivery (archive, target) ON DELETE CASCADE
);

CREATE INDEX note_target ON note (target, kind);
