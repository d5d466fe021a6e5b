package landfall.wiring;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;
import landfall.archive.Limits;
import landfall.dispatch.Chains;
import landfall.dispatch.Complaints;
import landfall.dispatch.Dispatcher;
import landfall.dispatch.Resumer;
import landfall.dispatch.Standstill;
import landfall.ledger.Ledger;
import landfall.open.Opener;
import landfall.plan.Planner;
import landfall.plan.Planning;
import landfall.plan.content.Elsewhere;
import landfall.publish.Publisher;
import landfall.push.Concurrency;
import landfall.push.Holdings;
import landfall.push.KeptArchives;
import landfall.push.Pusher;
import landfall.quarantine.Quarantine;
import landfall.quarantine.Reviews;
import landfall.report.Conclusion;
import landfall.report.Journal;
import landfall.report.Notices;
import landfall.report.Reporter;
import landfall.report.Supplies;
import landfall.settings.Secret;
import landfall.settings.Settings;
import landfall.target.Target;
import landfall.verify.Verifier;
import landfall.wiring.Engine.Mode;
import landfall.wiring.Engine.Parts;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/** The routes of {@code routes/} with the beans they name. */
final class Routes implements AutoCloseable {
  private final Main main;

  private Routes(Main main) {
    this.main = main;
  }

  static Routes start(Settings settings, Mode mode, Parts parts) {
    Main main = new Main();
    main.setDefaultPropertyPlaceholderLocation("false");
    main.configure()
        .withRoutesIncludePattern("file:" + mode.home().resolve("routes") + "/*.camel.yaml")
        .withAutoConfigurationEnvironmentVariablesEnabled(false)
        .withAutoConfigurationSystemPropertiesEnabled(false)
        .withShutdownLogInflightExchangesOnTimeout(false)
        .withShutdownTimeout(20);
    main.setInitialProperties(placeholders(settings, mode, parts));
    bind(main, settings, mode, parts);
    main.addMainListener(new Templates(settings));
    main.start();
    return new Routes(main);
  }

  private static Properties placeholders(Settings settings, Mode mode, Parts parts) {
    Properties properties = new Properties();
    properties.setProperty("camel.main.startupSummaryLevel", "Off");
    properties.setProperty("arrive.watch", String.valueOf(mode.watch()));
    properties.setProperty(
        "dispatch.period", mode.watch() ? "300" : "100"); // a command is waited for
    properties.setProperty("drop.folder", parts.folder().drop().toString());
    properties.setProperty("drop.poll", String.valueOf(Engine.poll(settings).toMillis()));
    properties.setProperty("push.uri", settings.push().uri());
    properties.setProperty("push.retries", String.valueOf(settings.push().retries()));
    properties.setProperty("notify.on", String.valueOf(settings.notices().webhook().isPresent()));
    properties.setProperty(
        "notify.uri", settings.notices().webhook().map(Secret::reveal).orElse(""));
    return properties;
  }

  private static void bind(Main main, Settings settings, Mode mode, Parts parts) {
    Ledger ledger = parts.ledger();
    Clock clock = Clock.systemUTC();
    Complaints complaints = new Complaints(System::nanoTime);
    Predicate<String> mine = id -> mode.watch() || parts.mine().contains(id);
    Quarantine quarantine = new Quarantine(ledger, parts.folder());
    Conclusion conclusion =
        new Conclusion(
            ledger,
            parts.folder(),
            quarantine,
            settings.drop().retention().limit(),
            settings.notices().webhook().isPresent());
    KeptArchives kept = new KeptArchives(ledger, parts.folder(), Limits.standard());
    main.bind("arrivals", parts.arrivals());
    main.bind("complaints", complaints);
    main.bind("arrivalFilter", new ArrivalFilter(parts.arrivals(), complaints));
    main.bind("dispatcher", new Dispatcher(ledger, parts.folder(), mine));
    main.bind("chains", new Chains(ledger, mine));
    main.bind("reviews", new Reviews(ledger, parts.folder()));
    main.bind("resumer", new Resumer(ledger, parts.registries(), System::nanoTime, mode.probe()));
    main.bind("standstill", new Standstill(ledger));
    main.bind("journal", new Journal(ledger));
    main.bind("verifier", new Verifier(Limits.standard(), parts.progress()::read));
    main.bind("opener", new Opener());
    main.bind(
        "planning",
        new Planning(
            new Planner(),
            mode.planning(),
            parts.targets(),
            (opened, target) ->
                Optional.ofNullable(parts.registries().get(target))
                    .<Elsewhere>map(
                        registry -> new Holdings(target, registry, ledger, kept.lookup(opened)))
                    .orElse(Elsewhere.NOWHERE),
            ledger.notes()));
    Pusher.Rules rules =
        new Pusher.Rules(
            settings.push().tagConflict(), settings.push().readBack(), parts.progress()::readBack);
    Concurrency concurrency =
        new Concurrency(parts.targets(), parts.registries(), System::nanoTime);
    Pusher pusher = new Pusher(ledger, parts.registries(), concurrency, kept, rules);
    main.bind("pusher", pusher);
    main.bind("noteRetry", new NoteRetry(pusher));
    main.bind("supplies", new Supplies(ledger));
    main.bind("concurrency", concurrency);
    main.bind("keepWave", new KeepWave());
    main.bind("publisher", new Publisher(ledger, parts.folder(), clock, Version.text()));
    main.bind("reporter", new Reporter(ledger, parts.folder(), conclusion, clock, parts.pauses()));
    main.bind("quarantine", quarantine);
    main.bind("notices", new Notices(ledger));
    main.bind("receiptMapper", new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT));
  }

  @Override
  public void close() throws IOException {
    main.stop();
  }

  /** Makes the routes of each target from their templates, once these are loaded. */
  private static final class Templates extends MainListenerSupport {
    private final Settings settings;

    Templates(Settings settings) {
      this.settings = settings;
    }

    @Override
    public void afterConfigure(BaseMainSupport main) {
      CamelContext context = main.getCamelContext();
      for (Target target : settings.targets()) {
        context
            .getExecutorServiceManager()
            .registerThreadPoolProfile(
                new ThreadPoolProfileBuilder("push-" + target.name())
                    .poolSize(target.limits().mostImages())
                    .maxPoolSize(target.limits().mostImages())
                    .maxQueueSize(-1)
                    .build());
        for (String template : new String[] {"push", "push-image", "probe"}) {
          TemplatedRouteBuilder.builder(context, template).parameter("target", target.name()).add();
        }
      }
    }
  }
}
