package landfall.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import landfall.failure.Parked;
import landfall.folders.Force;
import landfall.settings.Settings;
import landfall.wiring.Engine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Watches the drop and ingests until it is stopped. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Watches the drop folder and ingests what is copied into it, until stopped.",
      "Copy an archive and its checksum file into DATA/drop; X.status beside it tells the rest."
    })
final class ServeCommand implements Callable<Integer> {
  /** Milliseconds. */
  private static final long BETWEEN_STARTS = 5_000;

  @Mixin private final CommonOptions common = new CommonOptions();

  private final Console console;

  ServeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Settings settings = new TargetOptions().required(common.settings());
    Facts.refuseOtherUser(settings);
    Engine.Mode mode =
        new Engine.Mode(CommonOptions.home(), true, true, PlanOptions.standard(settings));
    Optional<Engine> engine = start(settings, mode);
    if (engine.isEmpty()) {
      throw new UsageException(
          "another Landfall process works in " + settings.data() + "; stop it first");
    }
    CountDownLatch stopped = new CountDownLatch(1);
    AtomicReference<RuntimeException> end = new AtomicReference<>();
    Consumer<RuntimeException> ending =
        why -> {
          end.compareAndSet(null, why);
          stopped.countDown();
        };
    engine.get().ledger().onDamage(ending::accept);
    Force.onDistrust(ending::accept);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(engine.get(), stopped)));
    console.out().println("watching " + engine.get().folder().drop());
    settings
        .targets()
        .forEach(
            target -> console.out().println("target " + target.name() + ": " + target.address()));
    stopped.await();
    RuntimeException why = end.get();
    if (why != null) {
      throw why;
    }
    return ExitCode.DELIVERED;
  }

  /** A disk that is full or ill is waited for, as it is while work goes on. */
  private Optional<Engine> start(Settings settings, Engine.Mode mode)
      throws IOException, InterruptedException {
    boolean told = false;
    while (true) {
      try {
        return Engine.start(settings, mode);
      } catch (Parked ill) {
        if (!told) {
          console.err().println("landfall: " + ill.code() + ": " + Console.safe(ill.sentence()));
          console.err().println("next: " + ill.code().next());
        }
        told = true;
        Thread.sleep(BETWEEN_STARTS);
      }
    }
  }

  private void stop(Engine engine, CountDownLatch stopped) {
    try {
      engine.close();
    } catch (IOException failed) {
      console.err().println("landfall: " + failed.getMessage());
    } finally {
      stopped.countDown();
    }
  }
}
