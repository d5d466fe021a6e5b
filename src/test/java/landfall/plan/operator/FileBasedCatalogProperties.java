package landfall.plan.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import landfall.failure.Code;
import landfall.failure.Rejected;
import landfall.plan.MemoryContents;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever stands in a catalog's files, it is read or refused; nothing else comes of it. */
final class FileBasedCatalogProperties {
  private static final String ROOT = "working-dir/catalog-config/";
  private static final String JSON =
      "{\"schema\":\"olm.bundle\",\"name\":\"a\",\"image\":\"r/b:1\",\"relatedImages\":"
          + "[{\"name\":\"x\",\"image\":\"r/x@sha256:00\"}],\"n\":[1e9,true,null]}";
  private static final String YAML =
      """
      ---
      schema: olm.bundle
      image: &i r/b:1
      relatedImages:
      - image: *i
        name: |
          text
      - {image: 'r/x:1', n: !!int "7"}
      ...
      --- # x
      ? a
      : [b, *i]
      schema: x
      """;

  @Property(tries = 1000)
  void piecesOfSyntaxAreReadOrRefused(@ForAll("syntax") String text) {
    readOrRefused(text.getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 1000)
  void damagedCatalogsAreReadOrRefused(@ForAll boolean json, @ForAll long seed) {
    Random random = new Random(seed);
    byte[] bytes = (json ? JSON + JSON : YAML + YAML).getBytes(StandardCharsets.UTF_8);
    for (int damage = 0; damage < 1 + random.nextInt(4); damage++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    readOrRefused(bytes);
  }

  @Provide
  Arbitrary<String> syntax() {
    return Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"",
            "'",
            "-",
            "- ",
            "\n",
            "---\n",
            "...\n",
            "? ",
            "&a ",
            "*a ",
            "!!binary ",
            "!<x> ",
            "%YAML 1.1\n",
            "%TAG ! x\n",
            "#",
            "|",
            ">",
            "  ",
            "\t",
            "schema",
            "image: ",
            "relatedImages:\n",
            "<<: ",
            "\uFEFF",
            "\0",
            "\uD800",
            "\\u12",
            "~",
            "1_0",
            "0x",
            "-.inf",
            "2001-12-14",
            "\"schema\":\"olm.bundle\"",
            "null",
            "@",
            "`",
            "é")
        .list()
        .ofMaxSize(40)
        .map(parts -> String.join("", parts));
  }

  private static void readOrRefused(byte[] bytes) {
    MemoryContents contents = new MemoryContents().entry(ROOT + "a", bytes);
    List<Code> codes = new ArrayList<>();
    try {
      FileBasedCatalog.load(contents, ROOT)
          .forEach(bundle -> assertThat(bundle.relatedImages()).doesNotContain(""));
    } catch (Rejected refused) {
      codes.add(refused.code());
      assertThat(refused.sentence()).contains(ROOT + "a");
    }
    assertThat(codes).isSubsetOf(Code.MANIFEST_INVALID, Code.LIMIT_EXCEEDED);
  }
}
