package landfall.registry.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import landfall.failure.Code;
import landfall.failure.Failure;
import landfall.failure.ImageRefused;
import landfall.failure.Parked;
import landfall.registry.StandingClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ControlTest {
  private static final Fault BUSY = Fault.of(Operation.UPLOAD_PUT, Reply.status(503, "busy"));
  private final Failure down = new Parked(Code.REGISTRY_DOWN, "sending it: busy", List.of());

  private final StandingClock clock = StandingClock.halfway();
  private final Control control = new Control(clock);
  private boolean registryIsDown;
  private int requests;

  private class Sending implements Step<Boolean> {
    private final String phrase;
    private final boolean proving;

    Sending(String phrase, boolean proving) {
      this.phrase = phrase;
      this.proving = proving;
    }

    @Override
    public String phrase() {
      return phrase;
    }

    @Override
    public Optional<Step<?>> proof() {
      return proving ? Optional.of(this) : Optional.empty();
    }

    @Override
    public Boolean attempt() throws RequestFault {
      requests++;
      if (registryIsDown) {
        throw new RequestFault(BUSY);
      }
      return true;
    }
  }

  /** Another kind of thing to do. */
  private final class Asking extends Sending {
    Asking(String phrase) {
      super(phrase, true);
    }
  }

  @Test
  void refusesTheOneThingWhereItsLikeStillGoesWell() {
    control.succeeded(new Sending("sending another", true));

    Failure judged = control.judge(new Sending("sending it", false), BUSY, down);

    assertThat(judged).isInstanceOf(ImageRefused.class);
    assertThat(judged.code()).isEqualTo(Code.RETRIES_EXHAUSTED);
    assertThat(judged.sentence()).startsWith("sending it: busy");
    assertThat(requests).isEqualTo(1);
  }

  @Test
  void parksWhereItsLikeFailsToo() {
    control.succeeded(new Sending("sending another", true));
    registryIsDown = true;

    assertThat(control.judge(new Sending("sending it", false), BUSY, down)).isSameAs(down);
  }

  @Test
  void parksWhereNothingOfItsKindWentWell() {
    control.succeeded(new Asking("asking for another"));
    control.succeeded(new Sending("sending what proves nothing", false));
    control.succeeded(new Sending("sending it", true));

    assertThat(control.judge(new Sending("sending it", false), BUSY, down)).isSameAs(down);
    assertThat(requests).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUSED", "UNREACHED"})
  void asksNobodyWhereNobodyAnswers(Signal nobody) {
    control.succeeded(new Sending("sending another", true));
    Fault fault = Fault.of(Operation.UPLOAD_PUT, nobody, "nobody there");

    assertThat(control.judge(new Sending("sending it", false), fault, down)).isSameAs(down);
    assertThat(requests).isZero();
  }

  @Test
  void blamesNoMoreThanTwoInARow() {
    control.succeeded(new Sending("sending another", true));

    assertThat(control.judge(new Sending("sending one", false), BUSY, down)).isNotSameAs(down);
    assertThat(control.judge(new Sending("sending two", false), BUSY, down)).isNotSameAs(down);
    assertThat(control.judge(new Sending("sending two", false), BUSY, down)).isNotSameAs(down);
    assertThat(control.judge(new Sending("sending three", false), BUSY, down)).isSameAs(down);

    control.succeeded(new Sending("sending a fourth", true));

    assertThat(control.judge(new Sending("sending three", false), BUSY, down)).isNotSameAs(down);
  }

  @Test
  void takesNoOldSuccessForAProof() {
    control.succeeded(new Sending("sending another", true));
    clock.pass(Duration.ofMinutes(6));

    assertThat(control.judge(new Sending("sending it", false), BUSY, down)).isSameAs(down);
    assertThat(requests).isZero();
  }

  @Test
  void leavesATokenServerThatIsDownToTheTarget() {
    control.succeeded(new Sending("sending another", true));
    Fault fault = Fault.of(Operation.TOKEN, Reply.status(503, "busy"));

    assertThat(control.judge(new Sending("sending it", false), fault, down)).isSameAs(down);
  }

  @Test
  void leavesOtherFailuresAlone() {
    Failure full = new Parked(Code.REGISTRY_FULL, "sending it: full", List.of());
    control.succeeded(new Sending("sending another", true));

    assertThat(control.judge(new Sending("sending it", false), BUSY, full)).isSameAs(full);
  }
}
