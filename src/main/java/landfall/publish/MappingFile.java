package landfall.publish;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import landfall.folders.DiskFault;
import landfall.folders.DurableFile;
import landfall.ledger.Ledger;
import landfall.plan.Mapping;
import landfall.plan.Plan;

/** {@code mapping.txt}: which image of the archive goes where, as oc-mirror writes it (AF§6.5). */
final class MappingFile {
  private static final String NAME = "mapping.txt";

  private static final String ARROW = "=docker://";

  private final Ledger ledger;

  MappingFile(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Writes it for the target and beside the archive's receipt. */
  void write(Plan plan, Path out, Path done) {
    List<String> mapping = new Mapping().lines(plan);
    DurableFile.write(out.resolve(NAME), lines(mapping));
    DurableFile.write(done.resolve(NAME), lines(withOtherTargets(done, plan, mapping)));
  }

  /** An archive has one mapping beside its receipt, whatever the number of its targets. */
  private List<String> withOtherTargets(Path done, Plan plan, List<String> mapping) {
    Path file = done.resolve(NAME);
    Set<String> theirs = ofOtherTargets(plan);
    try {
      Stream<String> others =
          Files.exists(file)
              ? Files.readAllLines(file).stream()
                  .filter(line -> !isAt(plan, line) || theirs.contains(place(line)))
              : Stream.of();
      return Stream.concat(others, mapping.stream()).distinct().toList();
    } catch (IOException failed) {
      throw DiskFault.of(file, failed);
    }
  }

  private static boolean isAt(Plan plan, String line) {
    return place(line).startsWith(plan.target().registry() + "/");
  }

  private static String place(String line) {
    int arrow = line.lastIndexOf(ARROW);
    return arrow < 0 ? "" : line.substring(arrow + ARROW.length());
  }

  /** Where other targets have this archive's images; they may be on the same registry. */
  private Set<String> ofOtherTargets(Plan plan) {
    return ledger.deliveries().of(plan.archive()).stream()
        .filter(delivery -> !delivery.target().equals(plan.target().name()))
        .flatMap(
            delivery ->
                ledger.images().of(plan.archive(), delivery.target()).stream()
                    .map(row -> host(delivery.registry()) + "/" + row.destination()))
        .collect(Collectors.toSet());
  }

  private static String host(String address) {
    return address.split("/", 2)[0];
  }

  private static byte[] lines(List<String> lines) {
    return lines.stream()
        .map(line -> line + "\n")
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.UTF_8);
  }
}
