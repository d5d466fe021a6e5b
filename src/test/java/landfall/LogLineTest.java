package landfall;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;

/** The shipped log configuration: one honest line an event, to stderr. */
final class LogLineTest {
  private final Configuration configuration = LoggerContext.getContext(false).getConfiguration();

  @Test
  void keepsForeignTextFromForgingLines() {
    String line = line("name\r\n2026 INFO forged \u001b[2J\u202e ${sys:user.home} ü");

    assertThat(line)
        .matches(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d) INFO  Verifier:"
                + " name\\\\r\\\\n2026 INFO forged \\?\\[2J\\? \\$\\{sys:user\\.home} ü\n");
  }

  @Test
  void putsAFailureWithItsCauseOnTheSameLine() {
    Throwable failure =
        new IllegalStateException("first\nforged", new IllegalArgumentException("second\u001b"));

    String line = line("it failed", failure);

    assertThat(line)
        .contains("Verifier: it failed | java.lang.IllegalStateException: first forged | at ")
        .contains("| Caused by: java.lang.IllegalArgumentException: second? | ")
        .hasLineCount(1);
  }

  @Test
  void speaksOnStderrOfLandfallFromInfoAndOfPartsFromWarn() {
    ConsoleAppender appender = configuration.getAppender("stderr");

    assertThat(appender.getTarget()).isEqualTo(ConsoleAppender.Target.SYSTEM_ERR);
    assertThat(configuration.getRootLogger().getAppenders()).containsOnlyKeys("stderr");
    assertThat(configuration.getLoggerConfig("landfall.verify.Verifier").getLevel())
        .isEqualTo(Level.INFO);
    for (String part : new String[] {"org.apache.camel", "org.flywaydb", "com.zaxxer.hikari"}) {
      assertThat(configuration.getLoggerConfig(part).getLevel()).isEqualTo(Level.WARN);
    }
  }

  private String line(String message, Throwable... thrown) {
    Log4jLogEvent.Builder event =
        Log4jLogEvent.newBuilder()
            .setLoggerName("landfall.verify.Verifier")
            .setLevel(Level.INFO)
            .setMessage(new SimpleMessage(message));
    for (Throwable failure : thrown) {
      event.setThrown(failure);
    }
    byte[] bytes = configuration.getAppender("stderr").getLayout().toByteArray(event.build());
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
