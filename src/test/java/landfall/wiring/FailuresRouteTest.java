package landfall.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows from throwables that are no failures of ours, by the real failure routes. */
class FailuresRouteTest {
  private final List<String> told = new CopyOnWriteArrayList<>();

  /** Stands in for the beans the failure routes name. */
  public static final class Witness {
    private final List<String> told;

    Witness(List<String> told) {
      this.told = told;
    }

    public void strike(Object work, Throwable why) {
      told.add("strike " + name(why));
    }

    public void defect(Object work, Throwable why) {
      told.add("defect " + name(why));
    }

    public void giveUp(Object image, Throwable why) {
      told.add("give up " + name(why));
    }

    public void hold(Object work, Throwable why) {
      told.add("hold " + why);
    }

    public void park(Object work, Throwable why) {
      told.add("park " + why);
    }

    public void await(Object work, Throwable why) {
      told.add("await " + why);
    }

    public void storageFailed(Object work, Throwable why) {
      told.add("storageFailed " + why);
    }

    private static String name(Throwable why) {
      Throwable root = why.getCause() instanceof Error error ? error : why;
      return root.getClass().getSimpleName();
    }

    public void fail(String kind) throws Throwable {
      throw Class.forName(kind).asSubclass(Throwable.class).getConstructor().newInstance();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"java.lang.StackOverflowError", "java.lang.OutOfMemoryError"})
  void anExhaustedProgramIsAStrikeAgainstItsArchive(String kind) throws Exception {
    run("direct:step", kind);

    assertThat(told).containsExactly("strike " + kind.substring("java.lang.".length()), "reported");
  }

  @ParameterizedTest
  @ValueSource(strings = {"java.lang.NoClassDefFoundError", "java.lang.IllegalStateException"})
  void anythingElseIsADefectThatPeopleSee(String kind) throws Exception {
    run("direct:step", kind);

    assertThat(told).containsExactly("defect " + kind.substring("java.lang.".length()), "reported");
  }

  @Test
  void noThrowableOfAnImageGetsLost() throws Exception {
    run("direct:image", "java.lang.NoClassDefFoundError");

    assertThat(told).containsExactly("give up NoClassDefFoundError");
  }

  @Test
  void aRetriedImageIsNotedBeforeItIsTriedAgain() throws Exception {
    run("direct:image", "java.lang.IllegalStateException", 2);

    assertThat(told).containsExactly("retry", "retry", "give up IllegalStateException");
  }

  private void run(String route, String kind) throws Exception {
    run(route, kind, 0);
  }

  private void run(String route, String kind, int retries) throws Exception {
    Main main = new Main();
    main.setDefaultPropertyPlaceholderLocation("false");
    main.addInitialProperty("push.retries", String.valueOf(retries));
    main.configure().withRoutesIncludePattern("file:routes/90-failures.camel.yaml");
    Witness witness = new Witness(told);
    Processor noted = exchange -> told.add("retry");
    main.bind("noteRetry", noted);
    List.of("quarantine", "pusher", "standstill").forEach(name -> main.bind(name, witness));
    main.configure()
        .addRoutesBuilder(
            new RouteBuilder() {
              @Override
              public void configure() {
                from("direct:step").routeId("step").bean(witness, "fail");
                from("direct:image")
                    .routeId("image")
                    .routeConfigurationId("image")
                    .bean(witness, "fail");
                from("direct:report").process(exchange -> told.add("reported"));
              }
            });
    main.start();
    try {
      main.getCamelTemplate().sendBody(route, kind);
    } finally {
      main.stop();
    }
  }
}
