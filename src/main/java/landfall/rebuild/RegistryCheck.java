package landfall.rebuild;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import landfall.failure.Code;
import landfall.failure.Failure;
import landfall.image.Digest;
import landfall.image.RepositoryName;
import landfall.image.Tag;
import landfall.ledger.DeliveryRow;
import landfall.ledger.ImageRow;
import landfall.ledger.ImageRow.Fate;
import landfall.ledger.Reason;
import landfall.ledger.State;
import landfall.rebuild.Rebuilt.TargetFacts;
import landfall.registry.Registry;

/** Asks the registries whether what receipts say was delivered is still there. */
final class RegistryCheck {
  private static final int AT_A_TIME = 8;

  private final Map<String, Site> sites;
  private final Map<String, TargetFacts> facts = new LinkedHashMap<>();
  private final Set<Claim> refuted = new HashSet<>();
  private final List<String> findings = new ArrayList<>();

  RegistryCheck(Map<String, Site> sites) {
    this.sites = Map.copyOf(sites);
  }

  /** A configured target: its address and the way to it. */
  record Site(String address, Registry registry) {}

  /** A tag of a target and what it is said to point to. */
  private record Claim(String target, String destination, Digest digest) {}

  List<TargetFacts> facts() {
    return List.copyOf(facts.values());
  }

  List<String> findings() {
    return findings;
  }

  /** The archives as far as registries bear them out, in the order given: oldest first. */
  List<Restored> borneOut(List<Restored> archives) {
    newest(archives).forEach(this::check);
    return archives.stream().map(this::borneOut).toList();
  }

  /** A tag points to what came last. */
  private Map<String, Map<String, Claim>> newest(List<Restored> archives) {
    Map<String, Map<String, Claim>> claims = new LinkedHashMap<>();
    for (Restored archive : archives) {
      for (ImageRow image : archive.images()) {
        if (image.fate().delivered() && image.digest().isPresent()) {
          String registry = registryOf(archive, image.target());
          Claim claim = new Claim(image.target(), image.destination(), image.digest().get());
          claims
              .computeIfAbsent(image.target() + " at " + registry, fresh -> new LinkedHashMap<>())
              .put(image.destination(), claim);
        }
      }
    }
    return claims;
  }

  private static String registryOf(Restored archive, String target) {
    return archive.deliveries().stream()
        .filter(delivery -> delivery.target().equals(target))
        .map(DeliveryRow::registry)
        .findFirst()
        .orElse("");
  }

  private void check(String where, Map<String, Claim> claims) {
    String target = claims.values().iterator().next().target();
    Site site = sites.get(target);
    if (site == null || !where.equals(target + " at " + site.address())) {
      unasked(where, claims.size(), 0, "no such target is configured");
      return;
    }
    ExecutorService workers = Executors.newFixedThreadPool(AT_A_TIME);
    try {
      site.registry().ping();
      List<Future<Optional<Digest>>> answers = new ArrayList<>();
      claims
          .values()
          .forEach(claim -> answers.add(workers.submit(() -> tagged(site.registry(), claim))));
      compare(where, List.copyOf(claims.values()), answers);
    } catch (Failure away) {
      unasked(where, claims.size(), 0, away.code() + ": " + away.sentence());
    } finally {
      workers.shutdownNow();
    }
  }

  private static Optional<Digest> tagged(Registry registry, Claim claim) {
    int colon = claim.destination().lastIndexOf(':');
    return registry.tagged(
        new RepositoryName(claim.destination().substring(0, colon)),
        new Tag(claim.destination().substring(colon + 1)));
  }

  private void compare(String where, List<Claim> claims, List<Future<Optional<Digest>>> answers) {
    int there = 0;
    int refusals = 0;
    for (int number = 0; number < claims.size(); number++) {
      Claim claim = claims.get(number);
      try {
        Optional<Digest> found = answers.get(number).get();
        if (found.filter(claim.digest()::equals).isPresent()) {
          there++;
        } else {
          refusals++;
          refute(where, claim, found);
        }
      } catch (ExecutionException failed) {
        unasked(where, claims.size(), there, String.valueOf(failed.getCause()));
        return;
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        unasked(where, claims.size(), there, "interrupted");
        return;
      }
    }
    facts.put(where, new TargetFacts(where, claims.size(), there, refusals, 0));
  }

  private void refute(String where, Claim claim, Optional<Digest> found) {
    refuted.add(claim);
    findings.add(
        where
            + ": "
            + claim.destination()
            + found.map(other -> " points to " + other).orElse(" is not there")
            + ", a receipt says "
            + claim.digest());
  }

  private void unasked(String where, int images, int there, String why) {
    int lacking = (int) refuted.stream().filter(claim -> where.startsWith(claim.target())).count();
    facts.put(where, new TargetFacts(where, images, there, lacking, images - there - lacking));
    findings.add(
        where
            + ": "
            + (images - there - lacking)
            + " images are taken from receipts without asking it: "
            + why);
  }

  private Restored borneOut(Restored archive) {
    List<ImageRow> images =
        archive.images().stream()
            .map(image -> isRefuted(image) ? without(image, archive) : image)
            .toList();
    List<DeliveryRow> deliveries =
        archive.deliveries().stream()
            .map(
                delivery ->
                    delivery.state().delivered()
                            && archive.images().stream()
                                .filter(image -> image.target().equals(delivery.target()))
                                .anyMatch(this::isRefuted)
                        ? failed(delivery)
                        : delivery)
            .toList();
    return archive.with(deliveries, images);
  }

  private boolean isRefuted(ImageRow image) {
    return image.fate().delivered()
        && image
            .digest()
            .filter(
                digest -> refuted.contains(new Claim(image.target(), image.destination(), digest)))
            .isPresent();
  }

  private static ImageRow without(ImageRow image, Restored archive) {
    String next =
        archive.there()
            ? "Send it again: landfall quarantine retry " + archive.archive().id()
            : "Drop the archive again; what is there is not sent twice.";
    return new ImageRow(
        image.archive(),
        image.target(),
        image.destination(),
        image.origins(),
        image.digest(),
        Fate.DEAD_LETTERED,
        Optional.of(
            new Reason(
                Code.REGISTRY_INCONSISTENT,
                "a receipt says that "
                    + image.destination()
                    + " was delivered, the registry did not have it when the ledger was rebuilt",
                next,
                List.of())),
        image.moved());
  }

  private static DeliveryRow failed(DeliveryRow delivery) {
    return new DeliveryRow(
        delivery.archive(),
        delivery.target(),
        delivery.registry(),
        State.DELIVERED_WITH_FAILURES,
        delivery.step(),
        delivery.reason(),
        delivery.since(),
        delivery.images(),
        delivery.bytes());
  }
}
