package landfall.fault.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.SplittableRandom;

/** One request on its way through the proxy, and what can be done to it and to its answer. */
public final class Passage {
  private static final int PIECE = 8 * 1024;

  private final Connection connection;
  private final Pace pace;
  private final Seen seen;
  private final Head request;
  private int replica;
  private SplittableRandom random = new SplittableRandom(0);
  private boolean taken;
  private boolean goesOn = true;

  Passage(Connection connection, Pace pace, Seen seen, Head request) {
    this.connection = connection;
    this.pace = pace;
    this.seen = seen;
    this.request = request;
  }

  void by(int newReplica, SplittableRandom newRandom) {
    replica = newReplica;
    random = newRandom;
  }

  /** Whether the connection can carry another request. */
  boolean goesOn() {
    return goesOn;
  }

  public Head request() {
    return request;
  }

  /** Which of the replicas it goes to. */
  public int replica() {
    return replica;
  }

  /** The same numbers each time for the same request and seed. */
  public SplittableRandom random() {
    return random;
  }

  /** As if nobody stood between. */
  public void pass() throws IOException {
    relay(forward());
  }

  /** Passes the request on; gives the head of the answer, whose body is still to come. */
  public Head forward() throws IOException {
    return forward(request);
  }

  /** The same under another head. */
  public Head forward(Head as) throws IOException {
    OutputStream out = connection.server(replica).out();
    out.write(as.without("expect"));
    takeBody(out, Optional.of(seen), Long.MAX_VALUE);
    Head answer = Head.read(connection.server(replica).in());
    if (answer.isEnd()) {
      throw new IOException("the registry hung up");
    }
    seen.answered(Integer.parseInt(answer.word(1)));
    return answer;
  }

  /** Passes on no more than so many bytes of the request's body. */
  public void forwardOnly(long bytes) throws IOException {
    OutputStream out = connection.server(replica).out();
    out.write(request.without("expect"));
    takeBody(out, Optional.of(seen), bytes);
  }

  /** Passes the answer on under this head. */
  public void relay(Head answer) throws IOException {
    write(answer.bytes());
    if (hasBody(answer)) {
      body(connection.server(replica).in(), connection.out(), answer, Optional.empty());
    }
    connection.out().flush();
  }

  /** The body of an answer that was forwarded, in memory. */
  public byte[] answered(Head answer) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (hasBody(answer)) {
      body(connection.server(replica).in(), body, answer, Optional.empty());
    }
    return body.toByteArray();
  }

  /** Answers by itself, once the whole request has come. */
  public void answer(Reply reply) throws IOException {
    takeBody(OutputStream.nullOutputStream(), Optional.of(seen), Long.MAX_VALUE);
    say(reply);
  }

  /** Answers by itself before the body has come, and hangs up, politely or not. */
  public void answerEarly(Reply reply, boolean politely) throws IOException {
    say(reply);
    goesOn = false;
    if (politely) {
      connection.linger();
    }
  }

  /** Takes what the client sends without looking at it, or the rest of it. */
  public void discard() throws IOException {
    takeBody(OutputStream.nullOutputStream(), Optional.empty(), Long.MAX_VALUE);
  }

  public void write(byte[] bytes) throws IOException {
    connection.out().write(bytes);
    connection.out().flush();
  }

  /** Neither takes nor says anything until the other side gives up. */
  public void sleep() throws IOException {
    connection.awaitEnd();
    goesOn = false;
  }

  /** Ends the connection without a good-bye. */
  public void cut() throws IOException {
    connection.reset();
    goesOn = false;
  }

  /** Ends the connection as if all were said. */
  public void hangUp() {
    goesOn = false;
  }

  private void say(Reply reply) throws IOException {
    seen.answered(reply.status());
    write(reply.bytes(!request.word(0).equals("HEAD")));
  }

  private boolean hasBody(Head answer) {
    int status = Integer.parseInt(answer.word(1));
    return !request.word(0).equals("HEAD") && status != 204 && status != 304;
  }

  private void takeBody(OutputStream to, Optional<Seen> counting, long most) throws IOException {
    if (taken) {
      return;
    }
    taken = true;
    if (most < request.length()) {
      pass(connection.in(), to, most, counting);
      to.flush();
    } else {
      body(connection.in(), to, request, counting);
    }
  }

  /** Passes a body on; counted and slowed when it goes up. */
  private void body(InputStream from, OutputStream to, Head head, Optional<Seen> up)
      throws IOException {
    if (head.isChunked()) {
      String size;
      do {
        size = Head.line(from);
        frame(to, size);
        pass(from, to, Integer.parseInt(size.split(";", 2)[0].strip(), 16), up);
        frame(to, Head.line(from));
      } while (!size.startsWith("0"));
    } else {
      pass(from, to, Math.max(0, head.length()), up);
    }
    to.flush();
  }

  /** Who wants the content only is not given the frames of its chunks. */
  private static void frame(OutputStream to, String line) throws IOException {
    if (!(to instanceof ByteArrayOutputStream)) {
      to.write((line + "\r\n").getBytes(ISO_8859_1));
    }
  }

  private void pass(InputStream from, OutputStream to, long count, Optional<Seen> up)
      throws IOException {
    byte[] piece = new byte[PIECE];
    long left = count;
    while (left > 0) {
      int read = from.read(piece, 0, (int) Math.min(left, PIECE));
      if (read < 0) {
        throw new IOException("cut off");
      }
      if (up.isPresent()) {
        up.get().passed(read);
        pace.sent(read);
      }
      to.write(piece, 0, read);
      left -= read;
    }
  }
}
