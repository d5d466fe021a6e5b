package landfall.plan.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import landfall.archive.Extent;
import landfall.failure.Code;
import landfall.failure.Rejected;
import landfall.plan.MemoryContents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileBasedCatalogTest {
  private static final String ROOT = "working-dir/catalog-config/";
  private static final String BUNDLE =
      "{\"schema\":\"olm.bundle\",\"name\":\"a.v1\",\"package\":\"a\",\"image\":\"r/b:1\","
          + "\"properties\":[{\"type\":\"olm.bundle.object\",\"value\":{\"image\":\"r/no:1\"}}],"
          + "\"relatedImages\":[{\"name\":\"\",\"image\":\"r/b:1\"},{\"name\":\"x\",\"image\":\"\"},"
          + "{\"image\":\"r/x:1\"}]}";

  private final MemoryContents contents = new MemoryContents();

  @Test
  void readsAStreamOfJsonObjects() {
    contents.file(
        ROOT + "configs/a/catalog.json",
        " {\"schema\":\"olm.package\",\"name\":\"a\"}\n" + BUNDLE + BUNDLE.replace("a.v1", "a.v2"));

    assertThat(load())
        .extracting(Bundle::name, Bundle::image, Bundle::relatedImages)
        .containsExactly(
            tuple("a.v1", "r/b:1", List.of("r/b:1", "r/x:1")),
            tuple("a.v2", "r/b:1", List.of("r/b:1", "r/x:1")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{'type':'olm.package','value':{'packageName':'p','version':'1.2'}}] | p | 1.2",
        "[{'value':{'version':'1.2','packageName':'p'},'Type':'olm.package'}] | p | 1.2",
        "[{'type':'olm.gvk','value':{'version':'v1','packageName':'no'}}] | a | ''",
        "[1, null, [], {'type':'olm.package','value':{'version':5,'x':{'version':'no'}}}] | a | ''",
        "[{'type':'olm.package','value':'1.2'}, {'type':['olm.package'],'value':{}}] | a | ''",
        "[{'type':'olm.package','value':{'version':'LONG'}}] | a | ''",
        "{'type':'olm.package'} | a | ''",
        "null | a | ''",
      })
  void takesPackageAndVersionFromAProperty(String properties, String name, String version) {
    String json = properties.replace('\'', '"').replace("LONG", "x".repeat(3000));
    contents.file(
        ROOT + "a.json",
        "{\"properties\":" + json + ",\"schema\":\"olm.bundle\",\"package\":\"a\"}");

    assertThat(load())
        .extracting(Bundle::packageName, Bundle::version)
        .containsExactly(tuple(name, version));
  }

  @ParameterizedTest
  @CsvSource({
    "argocd-operator.v0.12.0, 0.12.0",
    "local-storage.4.18.0-202601, 4.18.0-202601",
    "b.version1, version1",
    "plain, plain",
  })
  void takesTheVersionFromTheNameWhereNoPropertySaysIt(String name, String version) {
    contents.file(ROOT + "a.yaml", "schema: olm.bundle\npackage: p\nname: " + name + "\n");

    assertThat(load())
        .extracting(Bundle::packageName, Bundle::version)
        .containsExactly(tuple("p", version));
  }

  @Test
  void readsYamlDocumentsBlockAndFlow() {
    contents.file(
        ROOT + "a.yaml",
        """
        ---
        # nothing but a comment
        --- # and another
        Image: r/b:1
        name: a.v1
        icon: &pic
          base64data: QUJD
        again: *pic
        relatedImages:
        - image: >-
            r/x:1
          name: &app app
        - {image: "r/y:1", name: *app}
        -
        schema: olm.bundle
        ---
        """
            + BUNDLE
            + "\n---\nschema: custom\nimage: {no: text}\nrelatedImages: 7\n");

    assertThat(load())
        .extracting(Bundle::name, Bundle::relatedImages)
        .containsExactly(
            tuple("a.v1", List.of("r/x:1", "r/y:1")), tuple("a.v1", List.of("r/b:1", "r/x:1")));
  }

  @Test
  void followsAnchorsOfReferences() {
    contents.file(
        ROOT + "a.yaml",
        "schema: olm.bundle\nimage: &b r/b:1\nrelatedImages:\n- image: *b\n- image: r/x:1\n");

    assertThat(load())
        .extracting(Bundle::image, Bundle::relatedImages)
        .containsExactly(tuple("r/b:1", List.of("r/b:1", "r/x:1")));
  }

  /** The last two are what operator-registry makes of them, whatever YAML's own rule is. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "relatedImages: [&op {name: o, image: r/o:1}, {image: r/b:1}, *op] | r/o:1 r/b:1 r/o:1",
        "x: &all [{image: r/o:1}, {image: r/b:1}];relatedImages: *all | r/o:1 r/b:1",
        "x: &op {image: &i r/o:1};relatedImages: [*op, {image: *i}, {<<: *op}] | r/o:1 r/o:1 r/o:1",
        "x: &a {image: r/a:1};x: &a {image: r/b:1};relatedImages: [*a] | r/b:1",
        "relatedImages: [{<<: {image: r/x:1}, name: y}] | r/x:1",
        "x: &all {relatedImages: [{image: r/o:1}]};<<: *all | r/o:1",
        "x: &y {image: r/y:1};relatedImages: [{<<: *y, image: r/z:1}] | r/z:1",
        "relatedImages: [{<<: [{image: r/y:1}, {image: r/z:1}]}] | r/y:1",
        "relatedImages: [{'<<': {image: r/y:1}, image: r/z:1}] | r/z:1",
        "x: &y {image: r/y:1};relatedImages: [{image: r/z:1, <<: *y}] | r/y:1",
        "x: &y {<<: {image: r/y:1}};relatedImages: [{<<: *y}] | r/y:1",
      })
  void followsAliasesAndMergeKeys(String fields, String images) {
    contents.file(ROOT + "a.yaml", "schema: olm.bundle\n" + fields.replace(';', '\n'));

    assertThat(load())
        .extracting(Bundle::relatedImages)
        .containsExactly(List.of(images.split(" ")));
  }

  @ParameterizedTest
  @CsvSource({"'[', ']'", "'{<<: [', ']}'"})
  void refusesAliasesOfAliasesThatWouldNeverEnd(String open, String close) {
    StringBuilder bomb = new StringBuilder("schema: olm.bundle\nl0: &l0 {image: r/x:1}\n");
    for (int level = 1; level < 30; level++) {
      String below = "*l" + (level - 1);
      bomb.append("l" + level + ": &l" + level + " " + open + below + ", " + below + close + "\n");
    }
    contents.file(ROOT + "a.yaml", bomb.toString());

    assertLimit();
  }

  @Test
  void refusesManyDocumentsOfManyAliases() {
    StringBuilder document = new StringBuilder("---\nschema: x\nl0: &l0 [1,1,1,1,1,1,1,1,1]\n");
    for (int level = 1; level < 5; level++) {
      String below = "*l" + (level - 1) + ",";
      document.append("l" + level + ": &l" + level + " [" + below.repeat(9) + "]\n");
    }
    String text = document.toString();
    contents.file(ROOT + "a.yaml", text.repeat(20));
    assertThat(load()).isEmpty();

    contents.file(ROOT + "a.yaml", text.repeat(200));
    assertLimit();
  }

  @Test
  void refusesADocumentWithAliasesAndTooManyValues() {
    contents.file(ROOT + "a.yaml", "schema: x\nv: &v [" + "1,\n".repeat(210_000) + "]\nw: *v\n");

    assertLimit();
  }

  @Test
  void leavesOutWhatIndexignoreNames() {
    contents
        .file(ROOT + "configs/.indexignore", "*.md\nold/\n")
        .file(ROOT + "configs/README.md", "no catalog: [")
        .file(ROOT + "configs/old/a.json", "neither")
        .file(ROOT + "configs/empty.json", "")
        .file(ROOT + "configs/a.json", BUNDLE);

    assertThat(load()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"schema\":\"olm.bundle\",} | MANIFEST_INVALID | a:1",
        "{\"name\":\"x\"} | MANIFEST_INVALID | a:1: found an object without schema",
        "[1] | MANIFEST_INVALID | a:1: found something that is no object",
        "{\"schema\":\"olm.bundle\",\"image\":5} | MANIFEST_INVALID | a:1: found an image that is no text",
        "{\"schema\":5} | MANIFEST_INVALID | a:1: found a schema that is no text",
        "{\"schema\":\"olm.bundle\",\"relatedImages\":{}} | MANIFEST_INVALID | no list",
        "{\"schema\":\"olm.bundle\",\"relatedImages\":[1]} | MANIFEST_INVALID | no object",
        "{\"schema\":\"olm.bundle\";\"image\":\"a\";\"Image\":\"b\"} | MANIFEST_INVALID | twice",
        "{\"schema\":\"olm.bundle\" | MANIFEST_INVALID | a:1",
        "schema: olm.bundle;image: *none | MANIFEST_INVALID | a:2",
        "schema: olm.bundle;<<: [a] | MANIFEST_INVALID | a:2: found a merge key of something",
        "schema: olm.bundle;x: &x [*x] | MANIFEST_INVALID | a:2: found a value that contains itself",
        "schema: olm.bundle;x: &x 1;relatedImages: [*x] | MANIFEST_INVALID | no object",
        "schema: olm.bundle;x: &x [];y: *y | MANIFEST_INVALID | a:3",
        "schema: olm.package;---;a: [ | MANIFEST_INVALID | a:",
        "schema: olm.package;---;;b: : : | MANIFEST_INVALID | a:4",
      })
  void saysFileAndLineOfWhatIsNoCatalog(String text, Code code, String sentence) {
    String content = text.startsWith("{") ? text.replace(';', ',') : text.replace(';', '\n');
    contents.file(ROOT + "a", content);

    assertThatThrownBy(this::load)
        .isInstanceOfSatisfying(
            Rejected.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(code);
              assertThat(refused.sentence()).contains(sentence).contains(ROOT + "a:");
            });
  }

  @ParameterizedTest
  @CsvSource({"'[', 5000, ']', 5000", "'{\"a\":', 5000, '', 0"})
  void refusesWhatIsNestedTooDeep(String open, int opens, String close, int closes) {
    contents.file(
        ROOT + "a.json",
        "{\"schema\":\"x\",\"v\":" + open.repeat(opens) + close.repeat(closes) + "}");
    contents.file(ROOT + "b.yaml", "schema: x\nv: " + open.repeat(opens) + close.repeat(closes));

    assertLimit();
  }

  @Test
  void refusesADocumentOrLineBeyondAllMeasure() {
    contents.file(ROOT + "a.yaml", "schema: x\nv: " + "y ".repeat(3 << 20));

    assertLimit();
  }

  @Test
  void refusesManyLinesThatTakeLong() {
    contents.file(ROOT + "a.yaml", ("# " + "y ".repeat(500_000) + "\n").repeat(25));

    assertLimit();
  }

  @Test
  void refusesACatalogOfNoFile() {
    assertThatThrownBy(this::load)
        .isInstanceOfSatisfying(
            Rejected.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(Code.MANIFEST_INVALID);
              assertThat(refused.sentence()).contains(ROOT + ": found no file");
            });
  }

  @Test
  void refusesBytesThatAreNoUtf8() {
    contents.file(ROOT + "a.json", new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'});

    assertThatThrownBy(this::load)
        .isInstanceOfSatisfying(
            Rejected.class,
            refused -> assertThat(refused.sentence()).contains("bytes that are no UTF-8"));
  }

  @Test
  void readsALongLineOfYamlQuickly() {
    contents.file(
        ROOT + "a.yaml",
        "schema: olm.bundle\nicon: " + "QUJD".repeat(4_000_000) + "\nimage: r/b:1\n");

    assertThat(load()).extracting(Bundle::image).containsExactly("r/b:1");
  }

  /** 100 MB would not fit twice into what this test may use; nothing of it may be kept. */
  @Test
  void keepsNothingOfAHugeCatalogButItsImages() {
    int bundles = 25_000;
    String padding = "x".repeat(4000);
    MemoryContents huge =
        new MemoryContents() {
          @Override
          public InputStream stream(Extent extent, long offset) {
            return generated(bundles, padding);
          }
        };
    huge.file(ROOT + "a/catalog.json", "{}");
    System.gc();
    long before = used();

    List<Bundle> loaded = FileBasedCatalog.load(huge, ROOT);

    System.gc();
    assertThat(loaded).hasSize(bundles);
    assertThat(loaded.stream().flatMap(bundle -> bundle.relatedImages().stream()).distinct())
        .hasSize(bundles + 1);
    assertThat(used() - before).isLessThan(25L << 20);
  }

  private static long used() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static InputStream generated(int bundles, String padding) {
    return new InputStream() {
      private byte[] object = {};
      private int at;
      private int number;

      @Override
      public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
      }

      @Override
      public int read(byte[] into, int offset, int length) {
        if (at == object.length) {
          if (number == bundles) {
            return -1;
          }
          object = bundle(number++, padding);
          at = 0;
        }
        int count = Math.min(length, object.length - at);
        System.arraycopy(object, at, into, offset, count);
        at += count;
        return count;
      }
    };
  }

  private static byte[] bundle(int number, String padding) {
    return BUNDLE
        .replace("a.v1", "a.v" + number)
        .replace("r/b:1", "r/b:" + number)
        .replace("r/no:1", padding)
        .getBytes(StandardCharsets.UTF_8);
  }

  private void assertLimit() {
    assertThatThrownBy(this::load)
        .isInstanceOfSatisfying(
            Rejected.class, refused -> assertThat(refused.code()).isEqualTo(Code.LIMIT_EXCEEDED));
  }

  private List<Bundle> load() {
    return FileBasedCatalog.load(contents, ROOT);
  }
}
