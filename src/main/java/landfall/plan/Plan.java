package landfall.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import landfall.archive.TagLink;
import landfall.image.Digest;
import landfall.plan.candidate.Companion;
import landfall.plan.candidate.RefusedImage;
import landfall.plan.content.Part;
import landfall.target.Target;

/**
 * What an archive means for one target. It holds no content, only where content lies.
 *
 * @param archive id of the archive
 * @param waves in the order they are pushed; none is empty
 * @param refused images that cannot be delivered
 * @param warnings what a person should know and nothing depends on
 * @param companions what cluster resources need beside the images
 * @param unclaimed complete tags of the archive that nothing asked for
 */
public record Plan(
    String archive,
    Target target,
    List<Wave> waves,
    List<RefusedImage> refused,
    List<String> warnings,
    List<Companion> companions,
    List<TagLink> unclaimed) {
  public Plan {
    waves = List.copyOf(waves);
    refused = List.copyOf(refused);
    warnings = List.copyOf(warnings);
    companions = List.copyOf(companions);
    unclaimed = List.copyOf(unclaimed);
  }

  Plan with(List<String> otherWarnings) {
    return new Plan(archive, target, waves, refused, otherWarnings, companions, unclaimed);
  }

  /** Every image that will be pushed, in order. */
  public Stream<PlannedImage> stream() {
    return waves.stream().flatMap(wave -> wave.images().stream());
  }

  /** How many images will be pushed, signatures included. */
  public int images() {
    return waves.stream().mapToInt(wave -> wave.images().size()).sum();
  }

  /** Bytes of all different blobs; a registry may already hold some. */
  public long bytes() {
    Set<Digest> counted = new HashSet<>();
    return stream()
        .flatMap(image -> image.content().blobs().stream())
        .map(Part::descriptor)
        .filter(blob -> counted.add(blob.digest()))
        .mapToLong(blob -> blob.size())
        .sum();
  }
}
