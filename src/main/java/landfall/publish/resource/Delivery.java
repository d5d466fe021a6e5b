package landfall.publish.resource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import landfall.plan.candidate.Destination;
import landfall.plan.candidate.ImageType;

/**
 * What was delivered to a target, by one archive or by all of them.
 *
 * @param images oldest archive's first
 * @param signatures of releases; oldest first
 * @param templates YAML by the catalog it is for; the newest of a catalog
 */
public record Delivery(
    List<Delivered> images, List<ReleaseSignature> signatures, Map<Destination, String> templates) {
  public Delivery {
    images = List.copyOf(images);
    signatures = List.copyOf(signatures);
    templates = Map.copyOf(templates);
  }

  /** Every catalog once, in the order they came. */
  public List<Delivered> catalogs() {
    Map<Destination, Delivered> catalogs = new LinkedHashMap<>();
    images.stream()
        .filter(image -> image.type() == ImageType.CATALOG)
        .forEach(image -> catalogs.putIfAbsent(image.destination(), image));
    return new ArrayList<>(catalogs.values());
  }

  /** Signatures of what is really there. */
  List<ReleaseSignature> signaturesOfDelivered() {
    Set<String> there =
        images.stream()
            .filter(image -> image.digest().isPresent())
            .map(image -> image.destination() + "@" + image.digest().get())
            .collect(Collectors.toSet());
    return signatures.stream()
        .filter(signature -> there.contains(signature.image() + "@" + signature.digest()))
        .toList();
  }
}
