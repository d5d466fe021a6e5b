package landfall.registry;

import static landfall.registry.ScriptedRegistry.answer;
import static landfall.registry.ScriptedRegistry.error;
import static landfall.registry.Sites.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import landfall.failure.Code;
import landfall.failure.Parked;
import landfall.registry.ScriptedRegistry.Reaction;
import org.junit.jupiter.api.Test;

final class NewCheckTest {
  private static final String TAGS = "/v2/lab/app/tags/list?n=1";

  @Test
  void believesARegistryThatDoesNotKnowTheName() throws IOException {
    assertThat(isNew(error(404, "NAME_UNKNOWN", "repository name not known to registry"))).isTrue();
  }

  @Test
  void takesARepositoryForKnownWhateverItsTags() throws IOException {
    assertThat(isNew(answer(200, "{\"name\":\"lab/app\",\"tags\":[\"v1\"]}"))).isFalse();
    assertThat(isNew(answer(200, "{\"name\":\"lab/app\",\"tags\":null}"))).isFalse();
  }

  @Test
  void learnsNothingWhereTagsCannotBeListed() throws IOException {
    assertThat(isNew(answer(404, "404 page not found"))).isFalse();
    assertThat(isNew(error(404, "UNSUPPORTED", "no lists here"))).isFalse();
    assertThat(isNew(error(403, "DENIED", "no lists for you"))).isFalse();
    assertThat(isNew(answer(405))).isFalse();
  }

  @Test
  void asksOnceAndLeavesFaultsToRequestsThatMatter() throws IOException {
    assertThat(isNew(answer(503))).isFalse();
    assertThat(isNew(error(429, "TOOMANYREQUESTS", "slower"))).isFalse();
    assertThat(isNew(ScriptedRegistry.reset())).isFalse();
  }

  @Test
  void isNotRefusedTwiceForTheSameReason() {
    assertThatThrownBy(() -> isNew(error(401, "UNAUTHORIZED", "who are you")))
        .isInstanceOfSatisfying(
            Parked.class, why -> assertThat(why.code()).isEqualTo(Code.REGISTRY_AUTH));
  }

  private static boolean isNew(Reaction reaction) throws IOException {
    try (ScriptedRegistry server = ScriptedRegistry.http();
        HttpRegistry registry = Sites.open(Sites.plain(server.address()))) {
      server.on("GET", TAGS, reaction);
      return registry.isNew(APP);
    }
  }
}
