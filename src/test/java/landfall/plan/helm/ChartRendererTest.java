package landfall.plan.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import landfall.failure.Code;
import landfall.failure.Parked;
import landfall.plan.MemoryContents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Charts through the real engine, in real child processes. */
final class ChartRendererTest {
  private static final Duration LONG = Duration.ofMinutes(3);
  private static final Map<String, String> POD =
      Map.of("templates/p.yaml", "kind: Pod\nspec: {containers: [{image: 'a.example/b:1'}]}\n");

  private final Path work;
  private final MemoryContents contents = new MemoryContents();
  private final List<PackedChart> charts = new ArrayList<>();

  ChartRendererTest(@TempDir Path work) {
    this.work = work;
  }

  @Test
  void rendersChartsWithTheirDefaults() {
    add(Charts.withPod("one", "quay.io/one:1"));
    add(Charts.withPod("two", "quay.io/two:1"));

    assertThat(render(LONG))
        .extracting(Rendering::images)
        .containsExactly(List.of("quay.io/one:1"), List.of("quay.io/two:1"));
  }

  @Test
  void asksForNeitherKubernetesVersionNorSchemaAndKnowsLibrariesAndDefinitions() {
    add(
        Charts.packed(
            "picky",
            with(
                "Chart.yaml",
                "apiVersion: v2\nname: picky\nversion: 1.0.0\nkubeVersion: '>=1.29.0-0'\n",
                "values.schema.json",
                "{\"$ref\": \"http://127.0.0.1:1/schema\"}",
                "crds/x.yaml",
                "kind: X\nspec: {containers: [{image: 'crd:1'}]}\n",
                "templates/NOTES.txt",
                "spec: {containers: [{image: 'notes:1'}]}")));
    add(
        Charts.packed(
            "books", with("Chart.yaml", "apiVersion: v2\nname: b\nversion: 1.0.0\ntype: library")));

    List<Rendering> renderings = render(LONG);

    assertThat(renderings.get(0).problem()).isEmpty();
    assertThat(renderings.get(0).images()).containsExactly("crd:1", "a.example/b:1");
    assertThat(renderings.get(1).problem()).isEmpty();
    assertThat(renderings.get(1).images()).isEmpty();
  }

  @Test
  void rendersChartsWithinCharts() {
    byte[] inner = Charts.withPod("inner", "quay.io/inner:1");
    add(
        Charts.tgz(
            Map.of(
                "outer/Chart.yaml",
                bytes(
                    """
                    apiVersion: v2
                    name: outer
                    version: 1.0.0
                    dependencies: [{name: inner, version: 1.0.0}]
                    """),
                "outer/charts/inner-1.0.0.tgz",
                inner)));

    assertThat(render(LONG).get(0).images()).containsExactly("quay.io/inner:1");
  }

  @Test
  void saysWhyAChartDoesNotRenderAndWhichRepositoriesItSpeaksOf() {
    add(
        Charts.packed(
            "needy",
            with(
                "values.yaml",
                "a: ghcr.io/some/app\nimage:\n  registry: quay.io\n  repository: other/app\n",
                "templates/x.yaml",
                "{{ required \"a value is needed\" .Values.none }}")));
    add(Charts.withPod("good", "quay.io/good:1"));

    List<Rendering> renderings = render(LONG);

    assertThat(renderings.get(0).problem()).get().asString().contains("a value is needed");
    assertThat(renderings.get(0).code()).isEmpty();
    assertThat(renderings.get(0).hints())
        .contains("ghcr.io/some/app", "quay.io/other/app", "a.example/b");
    assertThat(renderings.get(1).images()).containsExactly("quay.io/good:1");
  }

  @Test
  void endsAChartThatNeverEndsAndGoesOnWithTheNext() {
    add(Charts.withPod("before", "quay.io/before:1"));
    add(endless());
    add(Charts.withPod("after", "quay.io/after:1"));

    List<Rendering> renderings = render(Duration.ofSeconds(40));

    assertThat(renderings)
        .extracting(Rendering::images)
        .containsExactly(List.of("quay.io/before:1"), List.of(), List.of("quay.io/after:1"));
    assertThat(renderings.get(1).code()).contains(Code.LIMIT_EXCEEDED);
    assertThat(work).isEmptyDirectory();
    assertThat(ProcessHandle.current().children()).isEmpty();
  }

  @Test
  void endsAChartThatWouldTakeMoreThanAllMay() {
    add(busy());
    add(Charts.withPod("after", "quay.io/after:1"));

    List<Rendering> renderings =
        new ChartRenderer(LONG, Duration.ofSeconds(15)).render(contents, work, charts);

    assertThat(renderings)
        .hasSize(2)
        .allSatisfy(one -> assertThat(one.code()).contains(Code.LIMIT_EXCEEDED));
    assertThat(renderings.get(1).problem()).get().asString().contains("more than 15 s");
  }

  @Test
  void rendersMoreChartsThanGoIntoOneProcess() {
    List<String> images = IntStream.range(0, 60).mapToObj(i -> "quay.io/n:" + i).toList();
    images.forEach(image -> add(Charts.withPod("n", image)));

    assertThat(render(LONG)).flatExtracting(Rendering::images).containsExactlyElementsOf(images);
    assertThat(work).isEmptyDirectory();
  }

  @Test
  void parksWhereTheWorkFolderCannotBeWritten() throws Exception {
    add(Charts.withPod("one", "quay.io/one:1"));
    Path file = Files.createFile(work.resolve("file"));
    ChartRenderer renderer = ChartRenderer.standard();

    assertThatExceptionOfType(Parked.class)
        .isThrownBy(() -> renderer.render(contents, file.resolve("work"), charts))
        .satisfies(parked -> assertThat(parked.code()).isEqualTo(Code.LOCAL_IO));
  }

  @Test
  void parksWhereTheProcessDoesNotStart() {
    String property = "java.home";
    String standing = System.getProperty(property);
    add(Charts.withPod("one", "quay.io/one:1"));

    try {
      System.setProperty(property, work.toString());

      assertThatExceptionOfType(Parked.class)
          .isThrownBy(() -> render(LONG))
          .withMessageContaining("exit code 127")
          .satisfies(parked -> assertThat(parked.code()).isEqualTo(Code.LOCAL_IO));
    } finally {
      System.setProperty(property, standing);
    }
    assertThat(work).isEmptyDirectory();
  }

  @Test
  void aProcessEndsWithItsParent() throws Exception {
    Files.write(work.resolve("0.tgz"), busy());
    Files.writeString(work.resolve("0.name"), "endless");
    Files.writeString(work.resolve("0.paths"), "");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                RenderCharts.class.getName(),
                work.toString(),
                "0",
                "1")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = child.inputReader()) {
      assertThat(out.readLine()).isEqualTo("chart 0 begin ");

      child.getOutputStream().close();

      assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      child.destroyForcibly();
    }
  }

  @Test
  void refusesChartsThatAreNoneOrClimbOrExplode() {
    byte[] zeros = new byte[40 << 20];
    add(bytes("no chart"));
    add(Charts.tgz(Map.of("x/../../../etc/evil", bytes("x"))));
    add(Charts.tgz(Map.of("x/a", zeros, "x/b", zeros, "x/c", zeros, "x/d", zeros)));

    List<Rendering> renderings = render(LONG);

    assertThat(renderings).extracting(Rendering::images).containsOnly(List.of());
    assertThat(renderings).allSatisfy(one -> assertThat(one.code()).isPresent());
    assertThat(renderings.get(1).code()).contains(Code.UNSAFE_ENTRY);
    assertThat(renderings.get(2).code()).contains(Code.LIMIT_EXCEEDED);
  }

  @Test
  void saysThatTheEngineIsAbsentAndFetchesItFromNowhere() {
    String property = "java.class.path";
    String standing = System.getProperty(property);
    String all = System.getProperty("surefire.test.class.path", standing);
    add(Charts.withPod("one", "quay.io/one:1"));
    add(Charts.withPod("two", "quay.io/two:1"));

    try {
      System.setProperty(
          property,
          Stream.of(all.split(File.pathSeparator, -1))
              .filter(jar -> !jar.contains("linux-a"))
              .collect(Collectors.joining(File.pathSeparator)));

      assertThat(render(LONG))
          .allSatisfy(
              one -> assertThat(one.problem()).get().asString().contains("cannot be loaded"))
          .allSatisfy(one -> assertThat(one.code()).isEmpty())
          .hasSize(2);
    } finally {
      System.setProperty(property, standing);
    }
  }

  private List<Rendering> render(Duration patience) {
    return new ChartRenderer(patience, LONG).render(contents, work, charts);
  }

  /** Takes much time and little memory. */
  private static byte[] busy() {
    return Charts.packed(
        "busy",
        with(
            "templates/x.yaml",
            "{{ range untilStep 0 99999 1 }}{{ range untilStep 0 99999 1 }}{{ end }}{{ end }}"));
  }

  private static byte[] endless() {
    return Charts.packed(
        "endless",
        with(
            "templates/x.yaml",
            "{{ range untilStep 0 2000000000 1 }}{{ range untilStep 0 2000000000 1 }}"
                + "{{ end }}{{ end }}"));
  }

  private void add(byte[] tgz) {
    String entry = "chart-" + charts.size() + ".tgz";
    charts.add(
        new PackedChart(
            entry, contents.blob(contents.blob(tgz)).orElseThrow(), List.of(), Set.of()));
  }

  private static Map<String, String> with(String... files) {
    Map<String, String> all = new HashMap<>(POD);
    for (int i = 0; i < files.length; i += 2) {
      all.put(files[i], files[i + 1]);
    }
    return all;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
