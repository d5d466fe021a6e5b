package landfall.plan.content;

import landfall.archive.Extent;
import landfall.image.Descriptor;

/** One manifest or blob of an image and where its bytes lie in the archive. */
public record Part(Descriptor descriptor, Extent extent) {}
