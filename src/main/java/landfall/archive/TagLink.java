package landfall.archive;

import landfall.image.Digest;
import landfall.image.RepositoryName;
import landfall.image.Tag;

/** A tag of the archive's link tree and the manifest it points to now. */
public record TagLink(RepositoryName repository, Tag tag, Digest digest) {}
