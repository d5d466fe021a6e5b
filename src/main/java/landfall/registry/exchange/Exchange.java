package landfall.registry.exchange;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import landfall.registry.auth.Challenge;
import landfall.registry.auth.Secret;
import landfall.registry.fault.Act;
import landfall.registry.fault.Fault;
import landfall.registry.fault.FaultTable;
import landfall.registry.fault.Operation;
import landfall.registry.fault.Reply;
import landfall.registry.fault.RequestFault;
import landfall.registry.fault.Signal;
import landfall.registry.personality.Acquaintance;
import landfall.registry.personality.Personality;
import landfall.registry.wire.Answer;
import landfall.registry.wire.Request;
import landfall.registry.wire.Wire;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;

/**
 * Makes one call and returns what the fault table calls a success. Says who we are to the registry
 * itself and to nobody else, and follows it elsewhere only with blobs and where the operator allows
 * that.
 */
public final class Exchange {
  public static final int LARGEST_MANIFEST = 4 << 20;

  private static final int MOST_HOPS = 5;
  private static final int LARGEST_ERROR = 1 << 20;
  private static final long LARGE_BODY = 256L << 20;
  private static final Duration LARGE_BODY_TIME = Duration.ofMinutes(5);
  private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");

  private final Addresses addresses;
  private final Line line;
  private final Authority authority;
  private final Replies replies;
  private final Acquaintance acquaintance = new Acquaintance();

  public Exchange(Addresses addresses, Line line, Authority authority, Replies replies) {
    this.addresses = addresses;
    this.line = line;
    this.authority = authority;
    this.replies = replies;
  }

  public Addresses addresses() {
    return addresses;
  }

  public Line line() {
    return line;
  }

  /** Who it is, as far as its answers have told. */
  public Personality personality() {
    return acquaintance.known();
  }

  /** Sends the call, and after it what redirects ask for. */
  public Answer send(Call call) throws RequestFault {
    Call hop = call;
    for (int hops = 0; ; hops++) {
      Optional<Secret> header = authorization(hop);
      Trials.Trial trial = authority.trial(hop, header);
      try {
        Answer answer = once(hop, header);
        learn(hop, answer);
        Optional<URI> there = Addresses.location(hop.address(), answer);
        Fault fault = Fault.of(hop.operation(), reply(hop, answer, there));
        Act act = FaultTable.classify(fault).remedy().act();
        if (act == Act.OK) {
          header.filter(sent -> letsIn(answer.status())).ifPresent(authority::accepted);
          return answer;
        }
        if (act != Act.FOLLOW || hops == MOST_HOPS || there.isEmpty()) {
          throw refused(hop, header, answer, fault);
        }
        hop = hop.to(there.get());
      } finally {
        trial.end();
      }
    }
  }

  /** A mount that is refused is as good as declined, and yet says nothing good of credentials. */
  private static boolean letsIn(int status) {
    return status < 400 || status == 404;
  }

  /** The session that an answer opened. */
  public Session session(Call call, Answer answer) throws RequestFault {
    URI there =
        Addresses.location(call.address(), answer)
            .orElseThrow(
                () -> garbage(call, "the registry opened an upload without a usable Location"));
    long least =
        answer
            .header("OCI-Chunk-Min-Length")
            .map(String::strip)
            .filter(text -> LENGTH.matcher(text).matches())
            .map(Long::parseLong)
            .orElse(0L);
    return new Session(there, call.ties().orElseGet(Ties::new), least);
  }

  /** Where a session goes on after a piece; where it was, if the answer does not say. */
  public Session next(Session session, Call call, Answer answer) throws RequestFault {
    if (answer.headers("Location").isEmpty()) {
      return session;
    }
    URI there =
        Addresses.location(call.address(), answer)
            .orElseThrow(
                () -> garbage(call, "the registry took a piece and gave no usable Location"));
    return new Session(there, session.ties(), session.least());
  }

  private static RequestFault garbage(Call call, String found) {
    return new RequestFault(Fault.of(call.operation(), Signal.GARBAGE, found));
  }

  private Optional<Secret> authorization(Call call) throws RequestFault {
    return addresses.isHere(call.address())
        ? authority.header(call.scope(), needed(call))
        : Optional.empty();
  }

  private Answer once(Call call, Optional<Secret> header) throws RequestFault {
    boolean here = addresses.isHere(call.address());
    Optional<Ties> ties = call.ties().filter(any -> here);
    Wire wire = line.wire();
    try {
      Answer answer = wire.send(request(call, headers(call, header, ties)));
      ties.ifPresent(tied -> tied.learn(answer.headers("Set-Cookie")));
      return answer;
    } catch (IOException thrown) {
      throw line.fault(wire, call.operation(), call.address(), thrown);
    }
  }

  private static List<Header> headers(Call call, Optional<Secret> header, Optional<Ties> ties) {
    List<Header> headers = new ArrayList<>(call.headers());
    header.ifPresent(
        secret -> headers.add(new BasicHeader("Authorization", secret.reveal(), true)));
    ties.flatMap(tied -> tied.header(call.address()))
        .ifPresent(cookies -> headers.add(new BasicHeader("Cookie", cookies.reveal(), true)));
    return headers;
  }

  private static Request request(Call call, List<Header> headers) {
    boolean manifest = call.operation() == Operation.MANIFEST_GET;
    return new Request(
        call.operation().method(),
        call.address(),
        headers,
        call.body(),
        manifest ? LARGEST_MANIFEST : LARGEST_ERROR,
        call.sink(),
        call.stored(),
        call.ties().map(Object.class::cast));
  }

  private Reply reply(Call call, Answer answer, Optional<URI> there) {
    boolean away =
        there.filter(address -> points(call.operation(), answer.status(), address)).isPresent();
    Reply reply = replies.of(call.operation(), answer, away);
    // how to log in at another server is not for our credentials
    return addresses.isHere(call.address()) ? reply : reply.unchallenged();
  }

  /** Whether an answer points to where it must not be followed. */
  private boolean points(Operation operation, int status, URI there) {
    boolean redirects = status >= 300 && status < 400;
    boolean opens = status == 202 || (status == 201 && operation == Operation.UPLOAD_PATCH);
    boolean mayLeave = redirects ? operation.fetchesBlobs() : operation.hasSessions();
    return (redirects || opens)
        && !addresses.isHere(there)
        && !(mayLeave && addresses.isAllowed(there));
  }

  private RequestFault refused(Call call, Optional<Secret> sent, Answer answer, Fault fault) {
    if (LongHeader.isMeant(sent, fault.reply())) {
      return new RequestFault(LongHeader.fault(call.operation(), sent, fault));
    }
    if (answer.status() != 401 || !addresses.isHere(call.address())) {
      return new RequestFault(advised(call, fault));
    }
    authority.refused(call.scope(), sent, Challenge.parse(answer.headers("WWW-Authenticate")));
    return new RequestFault(advised(call, fault).adding(authority.origin(call.scope())));
  }

  private Fault advised(Call call, Fault fault) {
    return Advice.on(fault, acquaintance.known(), call.scope().repository());
  }

  /** What an answer tells about who answers; content tells nothing, and neither do others. */
  private void learn(Call call, Answer answer) {
    int status = answer.status();
    boolean telling = call.operation() == Operation.PING || status >= 300 || status == 202;
    if (telling && acquaintance.isCurious() && addresses.isHere(call.address())) {
      acquaintance.learn(answer::headers, new String(answer.body(), StandardCharsets.UTF_8));
    }
  }

  private static Duration needed(Call call) {
    return call.length() > LARGE_BODY ? LARGE_BODY_TIME : Duration.ZERO;
  }
}
