package landfall.registry.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeTest {
  @Test
  void readsRealmAndService() {
    Optional<Challenge> challenge =
        Challenge.parse(
            List.of("Bearer realm=\"https://t.site/a,b\" , service=site, scope=\"x:y:pull,push\""));

    assertThat(challenge)
        .contains(new Challenge(Optional.of("https://t.site/a,b"), Optional.of("site")));
  }

  @Test
  void prefersATokenToAPassword() {
    assertThat(
            Challenge.parse(
                List.of("Basic realm=\"x\"", "Negotiate", "bearer realm=\"https://t.site\"")))
        .hasValueSatisfying(challenge -> assertThat(challenge.isBearer()).isTrue());
    assertThat(Challenge.parse(List.of("Basic realm=\"x\", Bearer realm=\"https://t.site\"")))
        .hasValueSatisfying(challenge -> assertThat(challenge.isBearer()).isTrue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic", "Basic realm=\"x\"", "basic realm=x", "Bearer nothing, Basic"})
  void takesAPasswordWhereThatIsAllThereIs(String header) {
    assertThat(Challenge.parse(List.of(header)))
        .hasValueSatisfying(challenge -> assertThat(challenge.isBearer()).isFalse());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Negotiate", "Bearer", "Digest realm=\"basic\"", "\u0000,,,===\""})
  void knowsNoOtherWay(String header) {
    assertThat(Challenge.parse(List.of(header))).isEmpty();
    assertThat(Challenge.parse(List.of("Basic " + "x".repeat(9000)))).isEmpty();
  }
}
