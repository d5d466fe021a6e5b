package landfall.plan.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import landfall.failure.Code;
import landfall.failure.Rejected;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IndexIgnoreTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*.md | README.md | true",
        "*.md | a/b/README.md | true",
        "*.md | README.mdx | false",
        "ignored/ | ignored/a.yaml | true",
        "ignored/ | a/ignored/b/c.yaml | true",
        "ignored/ | ignored | false",
        "/top.txt | top.txt | true",
        "/top.txt | a/top.txt | false",
        "a/b | a/b/c.yaml | true",
        "a/b | x/a/b/c.yaml | false",
        "deep/**/skip.yaml | deep/a/b/skip.yaml | true",
        "**/skip.yaml | skip.yaml | true",
        "a/** | a/b/c.yaml | true",
        "a/** | b/a/c.yaml | false",
        "*.yaml;!keep.yaml | keep.yaml | false",
        "!keep.yaml;*.yaml | keep.yaml | true",
        "# comment;; | comment | false",
        "file[0-9]?.yaml | file7x.yaml | true",
        "file[^0-9].yaml | file7.yaml | false",
        "file[^0-9].yaml | filex.yaml | true",
        "file[0-9.yaml | file7.yaml | false",
        "\\*.yaml | *.yaml | true",
        "\\*.yaml | a.yaml | false",
        "*a*b*c | xxaxxbxxc | true",
        "*a*b*c | xxaxxcxxb | false",
      })
  void followsTheRulesOfGitignore(String lines, String path, boolean ignored) {
    IndexIgnore ignore = new IndexIgnore();
    ignore.add("", ".indexignore", lines.replace(';', '\n'));

    assertThat(ignore.ignores(path)).isEqualTo(ignored);
  }

  @Test
  void holdsForTheFolderItLiesIn() {
    IndexIgnore ignore = new IndexIgnore();
    ignore.add("", ".indexignore", "*.yaml");
    ignore.add("lab/sub", "lab/sub/.indexignore", "!a.yaml");

    assertThat(ignore.ignores("a.yaml")).isTrue();
    assertThat(ignore.ignores("lab/a.yaml")).isTrue();
    assertThat(ignore.ignores("lab/sub/a.yaml")).isFalse();
    assertThat(ignore.ignores("lab/sub/deeper/a.yaml")).isFalse();
  }

  @Test
  void isNotSlowedDownByHostilePatterns() {
    String hostile = "*a".repeat(400) + "b";
    String path = "a".repeat(250) + "/" + "a".repeat(250);
    IndexIgnore ignore = new IndexIgnore();
    ignore.add("", ".indexignore", (hostile + "\n").repeat(900));

    Assertions.assertThat(
            org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> ignore.ignores(path)))
        .isFalse();
  }

  @Test
  void refusesMorePatternsThanAnyoneWrites() {
    assertThatThrownBy(() -> new IndexIgnore().add("", "x/.indexignore", "a\n".repeat(1001)))
        .isInstanceOfSatisfying(
            Rejected.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(Code.LIMIT_EXCEEDED);
              assertThat(refused.sentence()).contains("x/.indexignore:1001");
            });
  }
}
