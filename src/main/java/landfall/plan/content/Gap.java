package landfall.plan.content;

import landfall.image.Digest;

/**
 * Content an image needs and the archive does not bring.
 *
 * @param kind what it is, in a word a person knows: manifest, config or layer
 */
public record Gap(Digest digest, String kind) {}
