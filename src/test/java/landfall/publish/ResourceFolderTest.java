package landfall.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import landfall.failure.Code;
import landfall.failure.Parked;
import landfall.publish.resource.ResourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResourceFolderTest {
  private final Path base;

  ResourceFolderTest(@TempDir Path base) {
    this.base = base;
  }

  @Test
  void writesEveryFileAndLeavesNoDraft() throws IOException {
    Path folder = base.resolve("out/site/cluster-resources");

    List<String> changed =
        new ResourceFolder(folder)
            .publish(List.of(idms("1", "a"), file("itms-oc-mirror.yaml", "b")));

    assertThat(changed).containsExactly("idms-oc-mirror.yaml", "itms-oc-mirror.yaml");
    assertThat(names(folder)).containsExactly("idms-oc-mirror.yaml", "itms-oc-mirror.yaml");
    assertThat(folder.resolve("itms-oc-mirror.yaml")).hasContent("b");
  }

  @Test
  void leavesAFileAloneWhoseOnlyNewsIsItsTime() {
    ResourceFolder folder = new ResourceFolder(base);
    folder.publish(List.of(idms("2026-11-22T12:00:00Z", "a")));

    List<String> changed = folder.publish(List.of(idms("2026-11-23T12:00:00Z", "a")));

    assertThat(changed).isEmpty();
    assertThat(base.resolve("idms-oc-mirror.yaml")).content().contains("2026-11-22");
  }

  @Test
  void leavesJsonAloneWhoseOnlyNewsIsItsTime() {
    ResourceFolder folder = new ResourceFolder(base);
    folder.publish(List.of(signatures("1", "a")));

    assertThat(folder.publish(List.of(signatures("2", "a")))).isEmpty();
    assertThat(folder.publish(List.of(signatures("2", "b"))))
        .containsExactly("signature-configmap.json");
  }

  @Test
  void replacesAFileWithOtherContent() {
    ResourceFolder folder = new ResourceFolder(base);
    folder.publish(List.of(idms("1", "a")));

    List<String> changed = folder.publish(List.of(idms("1", "b")));

    assertThat(changed).containsExactly("idms-oc-mirror.yaml");
    assertThat(base.resolve("idms-oc-mirror.yaml")).content().endsWith("b\n");
  }

  @Test
  void removesFormerResourcesAndNothingElse() throws IOException {
    for (String name :
        List.of(
            "idms-oc-mirror.yaml",
            "updateService.yaml",
            "cs-redhat-operator-index-v4-18.yaml",
            "signature-configmap.json",
            "notes.yaml",
            "idms-oc-mirror.yaml.bak")) {
      Files.writeString(base.resolve(name), "old");
    }
    Files.createDirectory(base.resolve("cc-folder.yaml"));

    List<String> changed = new ResourceFolder(base).publish(List.of());

    assertThat(changed)
        .containsExactly(
            "cs-redhat-operator-index-v4-18.yaml",
            "idms-oc-mirror.yaml",
            "signature-configmap.json",
            "updateService.yaml");
    assertThat(names(base))
        .containsExactly("cc-folder.yaml", "idms-oc-mirror.yaml.bak", "notes.yaml");
  }

  @Test
  void replacesALinkInsteadOfFollowingIt() throws IOException {
    Path elsewhere = Files.writeString(base.resolve("elsewhere"), "mine");
    Path folder = Files.createDirectory(base.resolve("folder"));
    Files.createSymbolicLink(folder.resolve("idms-oc-mirror.yaml"), elsewhere);
    Files.createSymbolicLink(folder.resolve(".idms-oc-mirror.yaml.part"), elsewhere);

    new ResourceFolder(folder).publish(List.of(idms("1", "a")));

    assertThat(elsewhere).hasContent("mine");
    assertThat(folder.resolve("idms-oc-mirror.yaml")).isRegularFile();
    assertThat(Files.isSymbolicLink(folder.resolve("idms-oc-mirror.yaml"))).isFalse();
  }

  @Test
  void parksWhenTheFolderCannotBeWritten() throws IOException {
    Path file = Files.writeString(base.resolve("file"), "");

    assertThatExceptionOfType(Parked.class)
        .isThrownBy(() -> new ResourceFolder(file.resolve("sub")).publish(List.of(idms("1", "a"))))
        .satisfies(parked -> assertThat(parked.code()).isEqualTo(Code.LOCAL_IO))
        .satisfies(parked -> assertThat(parked.sentence()).contains(file.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../x.yaml", "a/b.yaml", ".hidden", "a\nb"})
  void takesPlainNamesOnly(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> file(name, "x"));
  }

  private static ResourceFile idms(String time, String content) {
    return file(
        "idms-oc-mirror.yaml",
        """
        ---
        kind: ImageDigestMirrorSet
        metadata:
          annotations:
            createdAt: "%s"
            createdBy: Landfall at %s
            oc-mirror_version: v%s
          name: a
        spec: %s
        """
            .formatted(time, time, time, content));
  }

  private static ResourceFile signatures(String time, String data) {
    String metadata = "{\"annotations\":{\"createdAt\":\"" + time + "\"}}";
    return file(
        "signature-configmap.json", "{\"metadata\":" + metadata + ",\"data\":\"" + data + "\"}");
  }

  private static ResourceFile file(String name, String text) {
    return new ResourceFile(name, text);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).sorted().toList();
    }
  }
}
