package landfall.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import landfall.failure.Failure;
import landfall.open.Opened;
import landfall.plan.Plan;
import landfall.plan.Planner;
import landfall.plan.content.Elsewhere;
import landfall.settings.Settings;
import landfall.settings.TargetArgument;
import landfall.target.Target;
import landfall.verify.Verified;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Checks archives: checksum, structure, completeness; contacts nobody. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Checks archives: checksum file, structure, and that every image is complete.",
      "No registry is contacted and nothing is left behind."
    })
final class VerifyCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common = new CommonOptions();

  @Parameters(arity = "1..*", paramLabel = "ARCHIVE", description = "file, or folder of chunks")
  private List<Path> archives = new ArrayList<>();

  private final Console console;

  VerifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Settings settings = common.settings();
    archives.forEach(IngestCommand::requireThere);
    List<Integer> codes = new ArrayList<>();
    List<Map<String, Object>> facts = new ArrayList<>();
    for (Path archive : archives) {
      codes.add(verify(archive, settings, facts));
    }
    if (common.json()) {
      console.out().println(Watch.json(facts));
    }
    return ExitCode.worst(codes);
  }

  private int verify(Path archive, Settings settings, List<Map<String, Object>> facts)
      throws IOException {
    Map<String, Object> fact = new LinkedHashMap<>();
    fact.put("archive", archive.toString());
    facts.add(fact);
    try (Examination examination = new Examination(archive)) {
      Verified verified = examination.verify(settings.drop().sidecar().required());
      Opened opened = examination.open(verified);
      Plan plan =
          new Planner().plan(opened, nowhere(), PlanOptions.standard(settings), Elsewhere.NOWHERE);
      return tell(archive, verified, plan, fact);
    } catch (Failure failure) {
      fact.put("result", failure.code().name());
      fact.put("sentence", failure.sentence());
      fact.put("next", failure.code().next());
      fact.put("evidence", failure.evidence());
      say(archive + ": " + failure.code() + ": " + failure.sentence());
      failure.evidence().stream().limit(20).forEach(line -> say("  " + line));
      say("  next: " + failure.code().next());
      return ExitCode.of(failure);
    }
  }

  private int tell(Path archive, Verified verified, Plan plan, Map<String, Object> fact) {
    boolean unpromised = verified.arrival().checksums().promises().isEmpty();
    fact.put("result", "OK");
    fact.put("sha256", verified.identity().hex());
    fact.put("checksum", unpromised ? "none" : "matches");
    fact.put("images", plan.images());
    fact.put(
        "refused",
        plan.refused().stream().map(image -> image.code() + ": " + image.sentence()).toList());
    say(
        archive
            + ": OK. "
            + verified.identity()
            + (unpromised
                ? ", no checksum file, every blob hashed; "
                : ", as its checksum file says; ")
            + plan.images()
            + " images complete");
    plan.refused().forEach(image -> say("  refused " + image.code() + ": " + image.sentence()));
    return plan.refused().isEmpty() ? ExitCode.DELIVERED : ExitCode.WITH_FAILURES;
  }

  private void say(String text) {
    if (!common.json()) {
      console.out().println(Console.safe(text));
    }
  }

  /** Completeness does not depend on where the images go. */
  private static Target nowhere() {
    return TargetArgument.parse(
        "docker://localhost",
        new Target.Security(
            false, true, Optional.empty(), Optional.empty(), Optional.empty(), List.of()),
        0,
        TargetArgument.STANDARD_LIMITS);
  }
}
