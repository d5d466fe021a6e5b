package landfall.registry;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import landfall.failure.Code;
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
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.message.BasicHeader;

/**
 * Makes one call and returns what the fault table calls a success. Adds who we are, and follows the
 * registry within itself: what points elsewhere is never sent anything.
 */
final class Exchange {
  private static final int MOST_HOPS = 5;
  private static final int LARGEST_ERROR = 1 << 20;
  private static final long LARGE_BODY = 256L << 20;
  private static final Duration LARGE_BODY_TIME = Duration.ofMinutes(5);

  private final Addresses addresses;
  private final Line line;
  private final Authority authority;
  private final Replies replies;
  private final Acquaintance acquaintance = new Acquaintance();

  Exchange(Addresses addresses, Line line, Authority authority, Replies replies) {
    this.addresses = addresses;
    this.line = line;
    this.authority = authority;
    this.replies = replies;
  }

  Addresses addresses() {
    return addresses;
  }

  Line line() {
    return line;
  }

  /** Who it is, as far as its answers have told. */
  Personality personality() {
    return acquaintance.known();
  }

  /** Sends the call, and after it what same-origin redirects ask for. */
  Answer send(Call call) throws RequestFault {
    Call hop = call;
    for (int hops = 0; ; hops++) {
      Optional<Secret> header = authority.header(hop.scope(), needed(hop));
      Answer answer = once(hop, header);
      learn(hop, answer);
      Optional<URI> there = Addresses.location(hop.address(), answer);
      Fault fault = Fault.of(hop.operation(), reply(hop, answer, there));
      Act act = FaultTable.classify(fault).remedy().act();
      if (act == Act.OK) {
        header.ifPresent(authority::accepted);
        return answer;
      }
      if (act != Act.FOLLOW || hops == MOST_HOPS || there.isEmpty()) {
        throw refused(hop, header, answer, fault);
      }
      hop = hop.to(there.get());
    }
  }

  /** The session that an answer opened, and that is of this registry. */
  URI session(Call call, Answer answer) throws RequestFault {
    return Addresses.location(call.address(), answer)
        .orElseThrow(
            () ->
                new RequestFault(
                    Fault.of(
                        call.operation(),
                        Signal.GARBAGE,
                        "the registry opened an upload without a usable Location")));
  }

  private Answer once(Call call, Optional<Secret> header) throws RequestFault {
    List<Header> headers = new ArrayList<>(call.headers());
    header.ifPresent(
        secret -> headers.add(new BasicHeader("Authorization", secret.reveal(), true)));
    int most = call.operation() == Operation.MANIFEST_GET ? ManifestRead.LARGEST : LARGEST_ERROR;
    try {
      return line.wire()
          .send(
              new Request(
                  call.operation().method(),
                  call.address(),
                  headers,
                  call.body(),
                  most,
                  call.sink()));
    } catch (IOException thrown) {
      throw Line.fault(call.operation(), call.address(), thrown);
    }
  }

  private Reply reply(Call call, Answer answer, Optional<URI> there) {
    boolean away =
        points(answer) && there.filter(address -> !addresses.isHere(address)).isPresent();
    return replies.of(call.operation(), answer, away);
  }

  private RequestFault refused(Call call, Optional<Secret> sent, Answer answer, Fault fault) {
    if (answer.status() != 401) {
      return new RequestFault(advised(fault));
    }
    authority.refused(call.scope(), sent, Challenge.parse(answer.headers("WWW-Authenticate")));
    return new RequestFault(advised(fault).adding(authority.origin(call.scope())));
  }

  private Fault advised(Fault fault) {
    Code end = FaultTable.classify(fault).remedy().end();
    return acquaintance.known().advice(end).map(fault::advising).orElse(fault);
  }

  /** What an answer tells about who answers; content tells nothing. */
  private void learn(Call call, Answer answer) {
    boolean telling =
        call.operation() == Operation.PING || answer.status() >= 400 || points(answer);
    if (telling && acquaintance.isCurious()) {
      acquaintance.learn(answer::headers, new String(answer.body(), StandardCharsets.UTF_8));
    }
  }

  private static boolean points(Answer answer) {
    return answer.status() == 202 || (answer.status() >= 300 && answer.status() < 400);
  }

  private static Duration needed(Call call) {
    long size = call.body().map(HttpEntity::getContentLength).orElse(0L);
    return size > LARGE_BODY ? LARGE_BODY_TIME : Duration.ZERO;
  }
}
