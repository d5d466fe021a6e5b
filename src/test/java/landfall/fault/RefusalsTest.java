package landfall.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Path;
import landfall.failure.Code;
import landfall.failure.Failure;
import landfall.fake.DebianRegistry;
import landfall.fault.proxy.Answers;
import landfall.fault.proxy.FaultProxy;
import landfall.fault.proxy.Rule;
import landfall.fault.proxy.Tricks;
import landfall.registry.Registry;
import landfall.registry.Sites;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** F21: what registries say when they refuse something, and the code it leads to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalsTest {
  private final DebianRegistry registry;
  private final FaultProxy proxy;
  private int next = 20_000;

  RefusalsTest(@TempDir Path folder) throws IOException {
    this.registry = DebianRegistry.start(folder);
    this.proxy = FaultProxy.before(Stand.port(registry));
  }

  @AfterAll
  void stop() {
    proxy.close();
    registry.close();
  }

  @ParameterizedTest(name = "{0} to {1} {2} means {3}")
  @CsvSource({
    // answer, to which requests, code
    "quay/quota, PUT, /blobs/uploads/, REGISTRY_QUOTA",
    "quay/read-only, POST, /blobs/uploads/, REGISTRY_READONLY",
    "quay/read-only, PUT, /manifests/, REGISTRY_READONLY",
    "quay/namespace-disabled, POST, /blobs/uploads/, REGISTRY_READONLY",
    "quay/immutable-tag, PUT, /manifests/v1, TAG_CONFLICT",
    "quay/nested-name, POST, /blobs/uploads/, NAME_REJECTED",
    "quay/no-organisation, POST, /blobs/uploads/, REGISTRY_AUTH",
    "quay/child-missing, PUT, /manifests/, REFERENCE_UNKNOWN",
    "quay/media-type, PUT, /manifests/, MEDIATYPE_REJECTED",
    "quay/locked, PUT, /manifests/, RETRIES_EXHAUSTED",
    "harbor/no-project, POST, /blobs/uploads/, REGISTRY_AUTH",
    "harbor/no-project, HEAD, /blobs/sha256, REGISTRY_AUTH",
    "harbor/quota, PUT, /manifests/, REGISTRY_QUOTA",
    "harbor/quota, PUT, /blobs/uploads/, REGISTRY_QUOTA",
    "harbor/read-only, POST, /blobs/uploads/, REGISTRY_READONLY",
    "harbor/no-right, POST, /blobs/uploads/, REGISTRY_DENIED",
    "harbor/immutable-tag, PUT, /manifests/v1, TAG_CONFLICT",
    "harbor/manifest-too-large, PUT, /manifests/, MANIFEST_TOO_LARGE",
    "ecr/no-repository, POST, /blobs/uploads/, REPO_MISSING",
    "ecr/immutable-tag, PUT, /manifests/v1, TAG_CONFLICT",
    "ecr/token-expired, POST, /blobs/uploads/, REGISTRY_AUTH",
    "artifactory/forbidden, PUT, /manifests/, REGISTRY_DENIED",
    "artifactory/breaker, PUT, /manifests/, REGISTRY_DOWN",
    "nexus/content-type, PUT, /blobs/uploads/, RETRIES_EXHAUSTED",
    "nexus/no-length, PUT, /manifests/, RETRIES_EXHAUSTED",
    "zot/docker-manifest, PUT, /manifests/, MEDIATYPE_REJECTED",
    "distribution2/read-only, POST, /blobs/uploads/, REGISTRY_READONLY",
    "distribution2/full, POST, /blobs/uploads/, REGISTRY_FULL",
    "distribution2/foreign-layer, PUT, /manifests/, RETRIES_EXHAUSTED",
    "distribution2/session-lost, PUT, /blobs/uploads/, SESSION_AFFINITY",
    "distribution2/manifest-too-large, PUT, /manifests/, MANIFEST_TOO_LARGE",
    "openshift/two-parts, POST, /blobs/uploads/, REPO_MISSING",
    "harbor/pull-policy, GET, /manifests/sha256, REGISTRY_DENIED",
    "nginx/too-large, PUT, /manifests/, MANIFEST_TOO_LARGE",
  })
  void f21KnowsWhatARefusalMeans(String answer, String method, String path, Code code)
      throws IOException {
    proxy.reset();
    proxy.play(Rule.on(method, path, Tricks.answer(Answers.captured(answer))));

    try (Registry pushed = Sites.open(Sites.plain(proxy.address()))) {
      Throwable thrown = catchThrowable(() -> Cargo.of(next++).push(pushed));

      assertThat(thrown).isInstanceOf(Failure.class);
      assertThat(((Failure) thrown).code()).as(thrown.getMessage()).isEqualTo(code);
      assertThat(((Failure) thrown).sentence()).contains(proxy.address());
    }
  }
}
