-- In which order tags were first brought to digests; 0: this row never brought its tag to one.
ALTER TABLE image ADD COLUMN tagged BIGINT NOT NULL DEFAULT 0;

UPDATE image SET tagged = (SELECT sequence FROM archive WHERE archive.id = image.archive)
  WHERE outcome IN ('pushed', 'alreadyThere');

CREATE INDEX image_destination ON image (destination);
CREATE INDEX image_tagged ON image (tagged);
