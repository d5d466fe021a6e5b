package landfall.registry;

import static landfall.registry.ScriptedRegistry.answer;
import static landfall.registry.ScriptedRegistry.error;
import static landfall.registry.Sites.APP;
import static landfall.registry.Sites.HELLO;
import static landfall.registry.Sites.HELLO_DIGEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import landfall.failure.Code;
import landfall.failure.Failure;
import landfall.failure.ImageRefused;
import landfall.failure.Parked;
import landfall.registry.fault.WriteFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WriteTrialTest {
  private static final String UPLOADS = "/v2/lab/app/blobs/uploads/";
  private static final WriteFault READONLY = new WriteFault(Code.REGISTRY_READONLY, APP);
  private static final WriteFault FULL = new WriteFault(Code.REGISTRY_FULL, APP);

  private static ScriptedRegistry.Reaction session() {
    return answer(202).with("Location: /v2/s");
  }

  @Test
  void beginsAnUploadAndGivesItUp() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("POST", UPLOADS, session());
      server.on("DELETE", "/v2/s", answer(204));

      registry.tryWrite(READONLY);
    }
  }

  @Test
  void sendsSomeBytesToAStorageThatWasFull() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("POST", UPLOADS, session());
      server.on("PATCH", "/v2/s", answer(202).with("Location: /v2/s2"));
      server.on("DELETE", "/v2/s2", answer(204));

      registry.tryWrite(FULL);

      assertThat(server.seen(1).body()).hasSize(64 << 10);
    }
  }

  @Test
  void findsAStorageStillFull() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("POST", UPLOADS, session());
      server.on("PATCH", "/v2/s", error(500, "UNKNOWN", "no space left on device"));
      server.on("DELETE", "/v2/s", answer(204));

      assertThat(parked(registry, FULL).code()).isEqualTo(Code.REGISTRY_FULL);
    }
  }

  @Test
  void doesNotMindASessionThatCannotBeGivenUp() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("POST", UPLOADS, session());
      server.on("DELETE", "/v2/s", answer(405));

      registry.tryWrite(READONLY);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "405, UNSUPPORTED, '', REGISTRY_READONLY",
    "403, DENIED, quota exceeded, REGISTRY_QUOTA",
    "403, DENIED, no, REGISTRY_DENIED",
    "404, NAME_UNKNOWN, '', REPO_MISSING",
  })
  void findsWhatStillLastsAndCanBeTriedAgain(int status, String error, String text, Code code)
      throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("POST", UPLOADS, error(status, error, text));

      Parked still = parked(registry, READONLY);

      assertThat(still.code()).isEqualTo(code);
      assertThat(WriteFault.behind(still.evidence())).contains(new WriteFault(code, APP));
    }
  }

  @Test
  void doesNotForgetWhatItIsAboutWhileTheRegistryIsAway() {
    Parked away = new Parked(Code.REGISTRY_DOWN, "nobody is there");

    Parked found = FULL.behind(FULL.behind(away));

    assertThat(found.code()).isEqualTo(Code.REGISTRY_DOWN);
    assertThat(WriteFault.behind(found.evidence())).contains(FULL);
    assertThat(found.evidence()).hasSize(1);
  }

  @Test
  void leavesARefusedNameToTheWorkItself() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("POST", UPLOADS, error(400, "NAME_INVALID", ""));

      assertThat(catchThrowable(() -> registry.tryWrite(READONLY)))
          .isInstanceOf(ImageRefused.class);
    }
  }

  @Test
  void aRefusedUploadSaysWhichRepositoryToTryLater() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("POST", UPLOADS, error(405, "UNSUPPORTED", ""));

      Failure refused =
          catchThrowableOfType(
              Failure.class,
              () -> registry.send(APP, HELLO_DIGEST, 5, offset -> new ByteArrayInputStream(HELLO)));

      assertThat(WriteFault.behind(refused.evidence())).contains(READONLY);
    }
  }

  private static Parked parked(HttpRegistry registry, WriteFault fault) {
    return catchThrowableOfType(Parked.class, () -> registry.tryWrite(fault));
  }
}
