package landfall.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import landfall.arrive.Label;
import landfall.ledger.ArchiveRow;
import landfall.ledger.DeliveryRow;
import landfall.ledger.State;
import landfall.plan.Planner;
import landfall.push.ReadBack;
import landfall.push.TagConflict;
import landfall.report.Receipt;
import landfall.report.Receipts;
import landfall.settings.Retention;
import landfall.settings.Secret;
import landfall.settings.Settings;
import landfall.settings.TargetArgument;
import landfall.target.Target;
import landfall.wiring.Engine;
import org.awaitility.Awaitility;

/** A site in the small: a data folder and a running engine, with the real routes. */
public final class Site implements AutoCloseable {
  static final Target.Security PLAIN_HTTP =
      new Target.Security(
          true, true, Optional.empty(), Optional.empty(), Optional.empty(), List.of());

  private final Engine engine;
  private final Path data;

  private Site(Engine engine, Path data) {
    this.engine = engine;
    this.data = data;
  }

  /** A service that watches its drop; targets as {@code NAME=docker://…}, plain HTTP. */
  static Site serving(Path data, String... targets) {
    return start(settings(data, targets), Planner.Options.DEFAULT, true);
  }

  public static Site start(Settings settings, Planner.Options options, boolean watch) {
    try {
      Engine.Mode mode = new Engine.Mode(Path.of(""), watch, true, options);
      return new Site(Engine.start(settings, mode).orElseThrow(), settings.data());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static Settings settings(Path data, String... targets) {
    List<Target> parsed = new ArrayList<>();
    for (String target : targets) {
      parsed.add(TargetArgument.parse(target, PLAIN_HTTP, 0, TargetArgument.STANDARD_LIMITS));
    }
    return with(Settings.defaults().withData(data).withTargets(parsed), Optional.empty());
  }

  /** The settings of one target, worked no harder than that. */
  static Settings limited(Settings settings, Target.Limits limits) {
    Target target = settings.targets().get(0);
    return settings.withTargets(
        List.of(
            new Target(
                target.name(),
                target.registry(),
                target.prefix(),
                target.security(),
                target.maxNestedPaths(),
                limits)));
  }

  public static Settings with(Settings settings, Optional<Secret> webhook) {
    return with(settings, webhook, Duration.ofMillis(700));
  }

  static Settings with(Settings settings, Optional<Secret> webhook, Duration sidecarWait) {
    return new Settings(
        settings.data(),
        settings.separateState(),
        settings.targets(),
        new Settings.Drop(
            Duration.ofMillis(300),
            new Settings.Sidecar(false, sidecarWait),
            Duration.ofHours(24),
            Retention.KEEP),
        settings.push(),
        settings.publish(),
        settings.web(),
        new Settings.Notices(webhook),
        settings.signatures());
  }

  static Settings requiringSidecars(Settings settings) {
    Settings.Drop drop = settings.drop();
    return new Settings(
        settings.data(),
        settings.separateState(),
        settings.targets(),
        new Settings.Drop(
            drop.settle(),
            new Settings.Sidecar(true, drop.sidecar().delay()),
            drop.patience(),
            drop.retention()),
        settings.push(),
        settings.publish(),
        settings.web(),
        settings.notices(),
        settings.signatures());
  }

  static Settings pushing(Settings settings, TagConflict tagConflict, ReadBack readBack) {
    Settings.Push push = settings.push();
    return new Settings(
        settings.data(),
        settings.separateState(),
        settings.targets(),
        settings.drop(),
        new Settings.Push(
            push.retries(), push.uri(), push.signatures(), push.unclaimed(), tagConflict, readBack),
        settings.publish(),
        settings.web(),
        settings.notices(),
        settings.signatures());
  }

  /** Waits until a delivery of the archive stands still for a code. */
  public void awaitCode(String name, String code) {
    Awaitility.await(name + " to stand still for " + code)
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                latest(name).stream()
                    .flatMap(row -> deliveries(row).stream())
                    .flatMap(delivery -> delivery.reason().stream())
                    .anyMatch(reason -> reason.code().name().equals(code)));
  }

  Path drop() {
    return engine.folder().drop();
  }

  public Path done(String id) {
    return engine.folder().done(id);
  }

  Path quarantine(String id) {
    return engine.folder().quarantine(id);
  }

  public Path out(String target) {
    return engine.folder().out(target);
  }

  Path data() {
    return data;
  }

  public Engine engine() {
    return engine;
  }

  /** Copies files into the drop under their own names, one after the other. */
  void drop(Path... files) throws IOException {
    for (Path file : files) {
      Files.copy(file, drop().resolve(file.getFileName().toString()));
    }
  }

  /** Waits until the archive of that name, the latest one, stands there; gives its receipt. */
  public Receipt await(String name, State state) {
    return await(name, state, Duration.ofSeconds(90));
  }

  /** Reads an archive's end after its state: a review takes the one back and sets the other. */
  public Receipt await(String name, State state, Duration longest) {
    Awaitility.await(name + " to be " + state)
        .atMost(longest)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () ->
                latest(name)
                    .filter(row -> state(row) == state)
                    .flatMap(row -> latest(name))
                    .filter(row -> !state.ended() || row.finished().isPresent())
                    .isPresent());
    return receipt(latest(name).orElseThrow());
  }

  public Optional<ArchiveRow> latest(String name) {
    return engine.ledger().archives().all().stream()
        .filter(row -> row.name().equals(name))
        .reduce((before, after) -> after);
  }

  public List<DeliveryRow> deliveries(ArchiveRow row) {
    return engine.ledger().deliveries().of(row.id());
  }

  private State state(ArchiveRow row) {
    return State.worst(deliveries(row).stream().map(DeliveryRow::state).toList());
  }

  private Receipt receipt(ArchiveRow row) {
    return new Receipts(engine.ledger(), engine.folder(), Clock.systemUTC()).of(row);
  }

  String status(String archive) throws IOException {
    return Files.readString(drop().resolve(Label.withoutExtension(archive) + ".status"));
  }

  /** Every {@code repository:tag} of a registry with its digest, asked by plain HTTP. */
  static Map<String, String> tags(String address) throws IOException, InterruptedException {
    Map<String, String> tags = new TreeMap<>();
    for (String repository : strings(get(address, "_catalog?n=1000").body(), "repositories")) {
      for (String tag : strings(get(address, repository + "/tags/list").body(), "tags")) {
        tags.put(
            repository + ":" + tag,
            get(address, repository + "/manifests/" + tag)
                .headers()
                .firstValue("Docker-Content-Digest")
                .orElse("none"));
      }
    }
    return tags;
  }

  private static HttpResponse<String> get(String address, String path)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address + "/v2/" + path))
            .header(
                "Accept",
                "application/vnd.docker.distribution.manifest.v2+json,"
                    + "application/vnd.docker.distribution.manifest.list.v2+json,"
                    + "application/vnd.oci.image.manifest.v1+json,"
                    + "application/vnd.oci.image.index.v1+json")
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static SortedSet<String> strings(String json, String key) {
    SortedSet<String> found = new TreeSet<>();
    Matcher list = Pattern.compile("\"" + key + "\":\\[([^]]*)]").matcher(json);
    if (list.find()) {
      Matcher item = Pattern.compile("\"([^\"]+)\"").matcher(list.group(1));
      while (item.find()) {
        found.add(item.group(1));
      }
    }
    return found;
  }

  /** Bytes of all files below a folder. */
  static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  @Override
  public void close() {
    try {
      engine.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
