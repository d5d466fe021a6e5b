package landfall.publish;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import landfall.folders.DiskFault;
import landfall.folders.DurableFile;
import landfall.plan.Mapping;
import landfall.plan.Plan;

/** {@code mapping.txt}: which image of the archive goes where, as oc-mirror writes it (AF§6.5). */
final class MappingFile {
  private static final String NAME = "mapping.txt";

  private MappingFile() {}

  /** Writes it for the target and beside the archive's receipt. */
  static void write(Plan plan, Path out, Path done) {
    List<String> mapping = new Mapping().lines(plan);
    DurableFile.write(out.resolve(NAME), lines(mapping));
    DurableFile.write(done.resolve(NAME), lines(withOtherTargets(done, plan, mapping)));
  }

  /** An archive has one mapping beside its receipt, whatever the number of its targets. */
  private static List<String> withOtherTargets(Path done, Plan plan, List<String> mapping) {
    Path file = done.resolve(NAME);
    try {
      Stream<String> others =
          Files.exists(file)
              ? Files.readAllLines(file).stream().filter(line -> !line.contains(arrow(plan)))
              : Stream.of();
      return Stream.concat(others, mapping.stream()).toList();
    } catch (IOException failed) {
      throw DiskFault.of(file, failed);
    }
  }

  private static String arrow(Plan plan) {
    return "=docker://" + plan.target().registry() + "/";
  }

  private static byte[] lines(List<String> lines) {
    return lines.stream()
        .map(line -> line + "\n")
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.UTF_8);
  }
}
