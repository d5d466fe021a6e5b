package landfall.fault.proxy;

import java.io.IOException;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** The faults of networks, proxies and registries. */
public final class Tricks {
  private Tricks() {}

  /** Passes nothing on and says this instead. */
  public static Trick answer(Reply reply) {
    return passage -> passage.answer(reply);
  }

  /** Says this before a body has come; politely waits until it was heard, or just hangs up. */
  public static Trick early(Reply reply, boolean politely) {
    return passage -> passage.answerEarly(reply, politely);
  }

  /** Resets the connection before anything is passed on. */
  public static Trick reset() {
    return Passage::cut;
  }

  /** Resets the connection somewhere in the request's body, or before it where there is none. */
  public static Trick resetSomewhere() {
    return passage -> {
      long length = passage.request().length();
      if (length > 0) {
        passage.forwardOnly(passage.random().nextLong(length));
      }
      passage.cut();
    };
  }

  /** Resets the connection after so many bytes of every longer body. */
  public static Trick resetAfter(long bytes) {
    return passage -> {
      if (passage.request().length() <= bytes) {
        passage.pass();
        return;
      }
      passage.forwardOnly(bytes);
      passage.cut();
    };
  }

  /** Resets the connection after so many bytes of the answer. */
  public static Trick resetAnswerAfter(int bytes) {
    return passage -> {
      byte[] head = passage.forward().bytes();
      passage.write(java.util.Arrays.copyOf(head, Math.min(bytes, head.length)));
      passage.cut();
    };
  }

  /** Lets the registry do it and keeps its answer. */
  public static Trick swallow() {
    return passage -> {
      passage.answered(passage.forward());
      passage.cut();
    };
  }

  /** Refuses every longer body as soon as its length is known. */
  public static Trick cap(long bytes, Reply reply, boolean politely) {
    return passage -> {
      if (passage.request().length() <= bytes) {
        passage.pass();
      } else {
        passage.answerEarly(reply, politely);
      }
    };
  }

  /** Waits before it passes anything on. */
  public static Trick late(Duration time) {
    return passage -> {
      Pace.pause(time.toNanos());
      passage.pass();
    };
  }

  /** Gives the answer byte by byte, so many a second. */
  public static Trick dribble(int bytesPerSecond) {
    return passage -> {
      byte[] head = passage.forward().bytes();
      for (byte each : head) {
        passage.write(new byte[] {each});
        Pace.pause(1_000_000_000L / bytesPerSecond);
      }
      passage.hangUp();
    };
  }

  /** Takes the request's head and is never heard of again. */
  public static Trick silence() {
    return Passage::sleep;
  }

  /** Takes the whole request and is never heard of again. */
  public static Trick silenceAfterBody() {
    return passage -> {
      passage.discard();
      passage.sleep();
    };
  }

  /** Gives another head instead of the answer's. */
  public static Trick answering(UnaryOperator<Head> change) {
    return passage -> passage.relay(change.apply(passage.forward()));
  }

  /** Gives another body instead of the answer's, whose length is said right. */
  public static Trick altering(UnaryOperator<byte[]> change) {
    return passage -> {
      Head answer = passage.forward();
      byte[] body = change.apply(passage.answered(answer));
      Head whole = answer.field("transfer-encoding").isPresent() ? answer.chunkless() : answer;
      passage.write(whole.set("Content-Length", "" + body.length).bytes());
      passage.write(body);
    };
  }

  /** Announces the body it should give, gives less of it, and hangs up. */
  public static Trick shortening(int bytes) {
    return passage -> {
      Head answer = passage.forward();
      byte[] body = passage.answered(answer);
      passage.write(answer.bytes());
      passage.write(java.util.Arrays.copyOf(body, Math.min(bytes, body.length)));
      passage.hangUp();
    };
  }

  /** Does to another path what was asked of this one. */
  public static Trick misleading(UnaryOperator<String> path) {
    return passage ->
        passage.relay(passage.forward(passage.request().to(path.apply(passage.request().word(1)))));
  }

  /** Does something first. */
  public static Trick after(Action action, Trick then) {
    return passage -> {
      action.run();
      then.play(passage);
    };
  }

  /** Something a test does in the middle of a request. */
  public interface Action {
    void run() throws IOException;
  }
}
