package landfall.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import landfall.cli.view.HeldCatalog;
import landfall.failure.Code;
import landfall.failure.Parked;
import landfall.image.Digest;
import landfall.inventory.HistoryFile;
import landfall.inventory.Holding;
import landfall.inventory.Inventory;
import landfall.inventory.Inventory.Item;
import landfall.ledger.DeliveryRow;
import landfall.registry.HttpRegistry;
import landfall.registry.Registry;
import landfall.settings.Settings;
import landfall.target.Target;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what this site holds, and writes it down as the sender's oc-mirror reads it. */
@Command(
    name = "inventory",
    mixinStandardHelpOptions = true,
    description = {
      "Prints what a target holds: releases, catalogs with their packages and versions, images;",
      "what was delivered to it by the ledger, confirmed by the registry where that answers.",
      "--history writes oc-mirror's own .history file: put it into working-dir/.history/ on the",
      "connected side, and the next archive brings just what this target lacks."
    })
final class InventoryCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common = new CommonOptions();
  @Mixin private final TargetOptions targets = new TargetOptions();

  @Parameters(paramLabel = "TARGET", description = "name of the target")
  private String name = "";

  @Option(names = "--digests", description = "name every image with its digest")
  private boolean digests;

  @Option(
      names = "--history",
      paramLabel = "DIR",
      description = "write .history-<time> with every digest the registry holds into this folder")
  private Optional<Path> history = Optional.empty();

  private final Console console;

  InventoryCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Settings settings = targets.applyTo(common.settings());
    common.quiet();
    try (Facts facts = Facts.required(settings)) {
      List<String> addresses = addresses(facts);
      Optional<Target> target =
          settings.targets().stream().filter(one -> one.name().equals(name)).findFirst();
      if (target.isEmpty() && addresses.isEmpty()) {
        throw new UsageException(
            "there is no target "
                + name
                + "; configured: "
                + settings.targets().stream().map(Target::name).collect(Collectors.joining(", ")));
      }
      String address = target.map(Target::address).orElseGet(() -> addresses.get(0));
      return target.isPresent()
          ? asking(facts, address, target.get())
          : told(facts, address, Optional.empty(), "the target is not configured any more");
    }
  }

  private List<String> addresses(Facts facts) {
    return facts.ledger().archives().all().stream()
        .flatMap(archive -> facts.deliveries(archive).stream())
        .filter(delivery -> delivery.target().equals(name))
        .map(DeliveryRow::registry)
        .distinct()
        .toList();
  }

  private int asking(Facts facts, String address, Target target) {
    try (Registry registry = HttpRegistry.open(target)) {
      registry.ping();
      return told(facts, address, Optional.of(registry), "");
    } catch (Parked away) {
      if (history.isPresent()) {
        throw away;
      }
      return told(facts, address, Optional.empty(), away.sentence());
    }
  }

  private int told(Facts facts, String address, Optional<Registry> registry, String whyNot) {
    Inventory inventory = Inventory.take(name, address, facts.ledger(), registry);
    Optional<Path> written = history.map(folder -> write(folder, facts, registry, whyNot));
    if (common.json()) {
      console.out().println(Watch.json(json(inventory, whyNot, written)));
    } else {
      print(inventory, whyNot);
      written.ifPresent(file -> say("history:  " + file));
    }
    return ExitCode.DELIVERED;
  }

  private Path write(Path folder, Facts facts, Optional<Registry> registry, String whyNot) {
    Registry asked =
        registry.orElseThrow(() -> new Parked(Code.REGISTRY_MISCONFIGURED, name + ": " + whyNot));
    Set<Digest> held = Holding.of(name, facts.ledger(), asked);
    return HistoryFile.write(
        folder.toAbsolutePath(),
        Instant.now(),
        HistoryFile.newestReceived(name, facts.ledger()),
        held);
  }

  private static Map<String, Object> json(
      Inventory inventory, String whyNot, Optional<Path> written) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("target", inventory.target());
    facts.put("registry", inventory.registry());
    facts.put("confirmed", inventory.confirmed());
    if (!whyNot.isEmpty()) {
      facts.put("whyNotConfirmed", whyNot);
    }
    facts.put("releases", inventory.of("release"));
    facts.put("catalogs", inventory.catalogs().stream().map(HeldCatalog::facts).toList());
    facts.put("images", inventory.items());
    written.ifPresent(file -> facts.put("history", file.toString()));
    return facts;
  }

  private void print(Inventory inventory, String whyNot) {
    say("target:   " + inventory.target() + " (" + inventory.registry() + ")");
    say(
        "basis:    "
            + (inventory.confirmed()
                ? "the ledger, every tag asked of the registry"
                : "the ledger alone: " + whyNot));
    section("releases: ", inventory.of("release"));
    say("catalogs: " + inventory.catalogs().size());
    inventory.catalogs().forEach(catalog -> HeldCatalog.lines(catalog).forEach(this::say));
    Map<String, Long> counts =
        inventory.items().stream()
            .collect(Collectors.groupingBy(Item::type, TreeMap::new, Collectors.counting()));
    say("images:   " + inventory.items().size() + " " + (counts.isEmpty() ? "" : counts));
    if (digests) {
      inventory.items().forEach(item -> say("  " + item.destination() + " " + item.digest()));
    }
    List<Item> missing = inventory.missing();
    if (!missing.isEmpty()) {
      say("missing:  " + missing.size());
      missing.forEach(item -> say("  " + item.destination() + " " + item.presence()));
    }
  }

  private void section(String title, List<Item> items) {
    say(title + items.size());
    items.forEach(item -> say("  " + item.destination() + " (" + item.origin() + ")"));
  }

  private void say(String line) {
    console.out().println(Console.safe(line));
  }
}
