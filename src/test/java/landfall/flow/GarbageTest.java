package landfall.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import landfall.fake.DebianRegistry;
import landfall.image.Digest;
import landfall.ledger.State;
import landfall.plan.Planner;
import landfall.push.ReadBack;
import landfall.push.TagConflict;
import landfall.report.Receipt;
import landfall.target.Target;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docker-registry whose garbage is collected beside it, so that it remembers what is gone. */
class GarbageTest {
  private static final int IMAGES = 60;
  private static final long BYTES_PER_SECOND = 60_000;
  private static final String LAYER = "a layer that is collected";

  private final Path folder;
  private final DebianRegistry registry;

  GarbageTest(@TempDir Path root) throws IOException {
    this.folder = Files.createDirectory(root.resolve("site"));
    this.registry = DebianRegistry.start(Files.createDirectory(root.resolve("registry")));
  }

  @AfterEach
  void stopTheRegistry() {
    registry.close();
  }

  @ParameterizedTest
  @EnumSource(ReadBack.class)
  void bringsBackAnImageThatTheRegistryOnlyRemembers(ReadBack depth) throws Exception {
    registry.deleting(true);
    Made first = new Made();
    String manifest = first.image(LAYER);
    deliver("first", ReadBack.MANIFESTS, first.tag("lab/app", "v1", manifest));
    collect("lab/app", Digest.of(manifest.getBytes(UTF_8)));
    assertThatItLies("lab/app", layer());

    Made second = new Made();
    Receipt receipt = deliver("second", depth, second.tag("lab/app", "v2", second.image(LAYER)));

    assertThat(receipt.result()).isEqualTo(State.DELIVERED);
    assertThat(get("lab/app/manifests/v2").body()).isEqualTo(manifest);
    assertThat(get("lab/app/blobs/" + layer()).body()).isEqualTo(LAYER);
  }

  @Test
  void readsBackALayerThatTheRegistryOnlyRemembers() throws Exception {
    registry.deleting(true);
    Made first = new Made();
    String manifest = first.image(LAYER);
    deliver("first", ReadBack.MANIFESTS, first.tag("lab/app", "v1", manifest));
    collect("lab/app", Digest.of(manifest.getBytes(UTF_8)));
    assertThatItLies("lab/app", layer());

    Made second = new Made();
    String other =
        second.image(LAYER).replace("\"layers\":[", "\"annotations\":{\"a\":\"b\"},\"layers\":[");
    deliver("second", ReadBack.FULL, second.tag("lab/app", "v2", other));

    assertThat(get("lab/app/manifests/v2").body()).isEqualTo(other);
    assertThat(get("lab/app/blobs/" + layer()).body()).isEqualTo(LAYER);
  }

  @Test
  void deliversWhileGarbageIsCollectedAgainAndAgain() throws Exception {
    registry.deleting(false);
    Thread collector = new Thread(this::collectAgainAndAgain, "garbage-collector");
    Made made = new Made();
    for (int number = 0; number < IMAGES; number++) {
      made.tag("lab/app-" + number % 20, "v" + number, made.image(layer(number)));
    }
    collector.start();
    try {
      assertThat(deliver("site", ReadBack.MANIFESTS, made).result()).isEqualTo(State.DELIVERED);
    } finally {
      collector.join();
    }
    for (int number = 0; number < IMAGES; number++) {
      String repository = "lab/app-" + number % 20;
      String layer = layer(number);
      assertThat(get(repository + "/manifests/v" + number).body())
          .isEqualTo(new Made().image(layer));
      assertThat(get(repository + "/blobs/" + Digest.of(layer.getBytes(UTF_8))).body())
          .isEqualTo(layer);
    }
  }

  private static String layer(int number) {
    return "x".repeat(20_000) + number;
  }

  /** While the delivery, which is held back, goes on; it ends undisturbed. */
  private void collectAgainAndAgain() {
    try {
      for (int each = 0; each < 6; each++) {
        registry.collectGarbage();
        TimeUnit.SECONDS.sleep(1);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Nothing names the image any more, and its content goes from the disk. */
  private void collect(String repository, Digest manifest) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri(repository + "/manifests/" + manifest)).DELETE().build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode())
        .isEqualTo(202);
    registry.collectGarbage();
  }

  /** The trap is set: it says it has what it has not. */
  private void assertThatItLies(String repository, Digest layer) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri(repository + "/blobs/" + layer))
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode())
        .isEqualTo(200);
    String hex = layer.hex();
    assertThat(
            registry
                .storage()
                .resolve("docker/registry/v2/blobs/sha256/" + hex.substring(0, 2) + "/" + hex)
                .resolve("data"))
        .doesNotExist();
  }

  private static Digest layer() {
    return Digest.of(LAYER.getBytes(UTF_8));
  }

  private HttpResponse<String> get(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path)).header("Accept", Made.OCI_IMAGE).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://" + registry.address() + "/v2/" + path);
  }

  private Receipt deliver(String name, ReadBack depth, Made made) throws IOException {
    Path file = made.write(folder.resolve("made"), name + ".tar");
    try (Site site =
        Site.start(
            Site.pushing(
                Site.limited(
                    Site.settings(folder.resolve(name), "site=docker://" + registry.address()),
                    new Target.Limits(4, 16, 16, BYTES_PER_SECOND)),
                TagConflict.OVERWRITE,
                depth),
            Planner.Options.DEFAULT,
            true)) {
      site.drop(file, file.resolveSibling(name + ".tar.sha256"));
      return site.await(name + ".tar", State.DELIVERED);
    }
  }
}
