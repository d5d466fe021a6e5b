package landfall.registry;

import static landfall.registry.ScriptedRegistry.answer;
import static landfall.registry.Sites.APP;
import static landfall.registry.Sites.HELLO;
import static landfall.registry.Sites.HELLO_DIGEST;
import static landfall.registry.Sites.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import landfall.image.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpRegistryTiesTest {
  private static final String UPLOADS = "/v2/lab/app/blobs/uploads/";
  private static final String FINISH = "/v2/s?digest=" + HELLO_DIGEST;
  private static final BlobSource SOURCE = offset -> new ByteArrayInputStream(HELLO);

  private static ScriptedRegistry.Reaction session() {
    return answer(202).with("Location: /v2/s");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // what is set | what is sent back
        "SRV=node1; path=/; HttpOnly | SRV=node1",
        "SRV=node1 | SRV=node1",
        "SRV=node1; Path=/v2; SameSite=Lax | SRV=node1",
        "SRV=node1; Domain=elsewhere.example | SRV=node1",
        "SRV=node1; Path=/ui | -",
        "SRV=node1; path=/v | -",
        "SRV=node1; Secure | -",
        "SRV=node1; Max-Age=0 | -",
        "no pair | -",
        "SRV=a\u0001b | -"
      })
  void givesACookieBackInItsSession(String set, String given) throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("POST", UPLOADS, session().with("Set-Cookie: " + set));
      server.on("PUT", FINISH, answer(201));

      registry.send(APP, HELLO_DIGEST, 5, SOURCE);

      assertThat(server.seen(1).header("Cookie").orElse("-")).isEqualTo(given);
    }
  }

  @Test
  void givesAllCookiesAndTheNewestOfEach() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on(
          "POST",
          UPLOADS + "?mount=" + HELLO_DIGEST + "&from=lab/other",
          session()
              .with("Set-Cookie: a=1")
              .with("Set-Cookie: b=2; path=/")
              .with("Set-Cookie: a=3"));
      server.on("PUT", FINISH, answer(201));

      registry.mount(APP, HELLO_DIGEST, OTHER);
      registry.send(APP, HELLO_DIGEST, 5, SOURCE);

      assertThat(server.seen(1).header("Cookie")).contains("a=3; b=2");
    }
  }

  @Test
  void showsACookieToNoOtherSessionAndNoOtherRequest() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("POST", UPLOADS, session().with("Set-Cookie: SRV=node1; path=/"));
      server.on("PUT", FINISH, ScriptedRegistry.reset());
      server.on("HEAD", "/v2/lab/app/blobs/" + HELLO_DIGEST, answer(404));
      server.on("POST", UPLOADS, session());
      server.on("PUT", FINISH, answer(201));

      registry.send(APP, HELLO_DIGEST, 5, SOURCE);

      assertThat(server.seen().stream().map(seen -> seen.header("Cookie").orElse("-")))
          .containsExactly("-", "SRV=node1", "-", "-", "-");
    }
  }

  @Test
  void keepsASessionOnTheConnectionThatOpenedItAndNothingElse() throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      String mount = UPLOADS + "?mount=" + HELLO_DIGEST + "&from=lab/other";
      server.on("POST", mount, session());
      server.on("HEAD", "/v2/lab/app/manifests/x", answer(404));
      server.on("HEAD", "/v2/lab/app/manifests/x", answer(404));
      server.on("PUT", FINISH, answer(201));
      server.on("HEAD", "/v2/lab/app/manifests/x", answer(404));

      registry.mount(APP, HELLO_DIGEST, OTHER);
      registry.tagged(APP, new Tag("x"));
      registry.tagged(APP, new Tag("x"));
      registry.send(APP, HELLO_DIGEST, 5, SOURCE);
      registry.tagged(APP, new Tag("x"));

      assertThat(server.seen().stream().map(ScriptedRegistry.Seen::connection))
          .containsExactly(1, 2, 2, 1, 1);
    }
  }
}
