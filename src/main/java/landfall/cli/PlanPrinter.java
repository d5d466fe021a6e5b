package landfall.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import landfall.failure.Failure;
import landfall.open.Opened;
import landfall.plan.Mapping;
import landfall.plan.Plan;
import landfall.plan.PlannedImage;
import landfall.plan.Planner;
import landfall.plan.Wave;
import landfall.plan.content.Elsewhere;
import landfall.report.Bytes;
import landfall.settings.Settings;
import landfall.target.Target;

/** Prints what would be pushed where. */
final class PlanPrinter {
  private final Console console;
  private final Format format;

  PlanPrinter(Console console, Format format) {
    this.console = console;
    this.format = format;
  }

  /** How a plan is printed; mapping is oc-mirror's {@code mapping.txt}. */
  enum Format {
    table,
    json,
    mapping
  }

  int print(List<Path> archives, Settings settings, Planner.Options options) throws IOException {
    List<Integer> codes = new ArrayList<>();
    List<Object> json = new ArrayList<>();
    for (Path archive : archives) {
      try (Examination examination = new Examination(archive)) {
        Opened opened = examination.open(examination.verify(settings.drop().sidecar().required()));
        for (Target target : settings.targets()) {
          Plan plan = new Planner().plan(opened, target, options, Elsewhere.NOWHERE);
          print(plan, json);
          boolean incomplete = !plan.refused().isEmpty() || !plan.unsupported().isEmpty();
          codes.add(incomplete ? ExitCode.WITH_FAILURES : ExitCode.DELIVERED);
        }
      } catch (Failure failure) {
        console
            .err()
            .println(archive + ": " + failure.code() + ": " + Console.safe(failure.sentence()));
        console.err().println("next: " + failure.code().next());
        codes.add(ExitCode.of(failure));
      }
    }
    if (format == Format.json) {
      console.out().println(Watch.json(json));
    }
    return ExitCode.worst(codes);
  }

  private void print(Plan plan, List<Object> json) {
    switch (format) {
      case table -> table(plan);
      case json -> json.add(object(plan));
      case mapping -> new Mapping().lines(plan).forEach(console.out()::println);
    }
  }

  private void table(Plan plan) {
    console
        .out()
        .printf(
            Locale.ROOT,
            "%s to %s (%s): %d images, %s of blobs%n",
            Console.safe(plan.archive()),
            plan.target().name(),
            plan.target().address(),
            plan.images(),
            Bytes.of(plan.bytes()));
    for (Wave wave : plan.waves()) {
      for (PlannedImage image : wave.images()) {
        console
            .out()
            .printf(
                Locale.ROOT,
                "  %-10s %10s  %s%n             -> %s@%s%n",
                image.type().word(),
                Bytes.of(bytes(image)),
                Console.safe(image.origin()),
                image.destination(),
                image.digest());
      }
    }
    plan.refused()
        .forEach(
            refused ->
                console
                    .out()
                    .println(
                        "  refused    "
                            + Console.safe(
                                refused.origin()
                                    + ": "
                                    + refused.code()
                                    + ": "
                                    + refused.sentence())));
    plan.unsupported()
        .forEach(
            kind ->
                console
                    .out()
                    .println("  refused    " + kind.code() + ": " + Console.safe(kind.sentence())));
    plan.warnings()
        .forEach(warning -> console.out().println("  warning    " + Console.safe(warning)));
  }

  private static long bytes(PlannedImage image) {
    return image.content().blobs().stream().mapToLong(part -> part.descriptor().size()).sum();
  }

  private static Map<String, Object> object(Plan plan) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("archive", plan.archive());
    object.put("target", plan.target().name());
    object.put("registry", plan.target().address());
    object.put("bytes", plan.bytes());
    object.put("images", plan.stream().map(image -> object(plan, image)).toList());
    object.put(
        "failures",
        Stream.concat(
                plan.refused().stream()
                    .map(
                        refused ->
                            failure(refused.origin(), refused.code().name(), refused.sentence())),
                plan.unsupported().stream()
                    .map(kind -> failure(kind.kind(), kind.code().name(), kind.sentence())))
            .toList());
    object.put("warnings", plan.warnings());
    return object;
  }

  private static Map<String, Object> object(Plan plan, PlannedImage image) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("type", image.type().word());
    object.put("origin", image.origin());
    object.put("destination", plan.target().registry() + "/" + image.destination());
    object.put("digest", image.digest().toString());
    object.put("bytes", bytes(image));
    return object;
  }

  private static Map<String, String> failure(String image, String code, String sentence) {
    Map<String, String> failure = new LinkedHashMap<>();
    failure.put("image", image);
    failure.put("code", code);
    failure.put("sentence", sentence);
    return failure;
  }
}
