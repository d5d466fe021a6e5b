package landfall.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import landfall.cli.view.PlanJson;
import landfall.cli.view.PlanTable;
import landfall.cli.view.PlanView;
import landfall.failure.Failure;
import landfall.image.Digest;
import landfall.ledger.Ledger;
import landfall.ledger.opening.Glimpse;
import landfall.plan.Draft;
import landfall.plan.Mapping;
import landfall.plan.Plan;
import landfall.plan.Planner;
import landfall.plan.content.Elsewhere;
import landfall.settings.Settings;
import landfall.target.Target;

/** Prints what would be pushed where, as far as that can be told. */
final class PlanPrinter {
  private final Console console;
  private final Format format;
  private final Settings settings;
  private final Planner.Options options;
  private final List<Object> json = new ArrayList<>();

  PlanPrinter(Console console, Format format, Settings settings, Planner.Options options) {
    this.console = console;
    this.format = format;
    this.settings = settings;
    this.options = options;
  }

  /** How a plan is printed; mapping is oc-mirror's {@code mapping.txt}. */
  enum Format {
    table,
    json,
    mapping;

    /** Where a command has no format of its own. */
    static Format of(CommonOptions common) {
      return common.json() ? json : table;
    }
  }

  /** Prints the plans of every archive for every target; gives the exit code. */
  int print(List<Path> archives) throws IOException {
    List<Integer> codes = new ArrayList<>();
    for (Path archive : archives) {
      try (Examination examination = new Examination(archive)) {
        Examination.Survey survey = examination.survey(settings.drop().sidecar().required());
        for (Target target : settings.targets()) {
          codes.add(print(archive, survey, target));
        }
      } catch (Failure failure) {
        noPlan(archive, failure);
        codes.add(ExitCode.of(failure));
      }
    }
    if (format == Format.json) {
      console.out().println(Watch.json(json));
    }
    return ExitCode.worst(codes);
  }

  private int print(Path archive, Examination.Survey survey, Target target) {
    Draft draft = draft(survey, target);
    Optional<Failure> obstacle = survey.waiting().<Failure>map(why -> why).or(draft::obstacle);
    PlanView view =
        PlanView.of(archive.toString(), survey.opened(), draft, obstacle, delivered(target.name()));
    switch (format) {
      case table -> print(console.out(), PlanTable.of(view));
      case json -> json.add(PlanJson.of(view));
      case mapping -> {
        print(console.out(), new Mapping().lines(draft));
        obstacle.ifPresent(why -> print(console.err(), PlanTable.of(archive.toString(), why)));
      }
    }
    return obstacle.map(ExitCode::of).orElseGet(() -> code(draft.plan()));
  }

  /** While chunks are missing, that is what keeps a plan from being made. */
  private Draft draft(Examination.Survey survey, Target target) {
    try {
      return new Planner().draft(survey.opened(), target, options, Elsewhere.NOWHERE);
    } catch (Failure failure) {
      throw survey.waiting().<Failure>map(why -> why).orElse(failure);
    }
  }

  private Optional<Set<Digest>> delivered(String target) {
    return Glimpse.delivered(Ledger.file(settings.state()), target);
  }

  private static int code(Plan plan) {
    return plan.refused().isEmpty() ? ExitCode.DELIVERED : ExitCode.WITH_FAILURES;
  }

  private void noPlan(Path archive, Failure failure) {
    switch (format) {
      case table -> print(console.out(), PlanTable.of(archive.toString(), failure));
      case json -> json.add(PlanJson.of(archive.toString(), failure));
      case mapping -> print(console.err(), PlanTable.of(archive.toString(), failure));
    }
  }

  private static void print(PrintStream to, List<String> lines) {
    lines.forEach(line -> to.println(Console.safe(line)));
  }
}
