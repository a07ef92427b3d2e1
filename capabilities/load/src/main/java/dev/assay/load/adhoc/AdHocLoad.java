package dev.assay.load.adhoc;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A load as it is asked for in one line. Immutable.
 *
 * @param request what is sent
 * @param model how much of it, and when
 * @param manner how
 * @param expectations what must hold, besides what always must
 */
public record AdHocLoad(
    Request request, Model model, Manner manner, List<Expectation> expectations) {

  /** Copies the list. */
  public AdHocLoad {
    expectations = List.copyOf(expectations);
  }

  /** The same with the permission to put load on its target, wherever that is. */
  public AdHocLoad withOwnTarget() {
    Manner allowed =
        new Manner(
            manner.length(),
            manner.warmUp(),
            manner.warmUpUrl(),
            manner.connections(),
            manner.timeout(),
            manner.http2(),
            manner.insecure(),
            manner.trust(),
            true,
            manner.loops(),
            manner.sockets());
    return new AdHocLoad(request, model, allowed, expectations);
  }

  /**
   * What is sent.
   *
   * @param url absolute, http or https
   * @param method in capital letters
   * @param headers in order
   * @param body the body as it is; null where there is none or a file
   * @param file a file whose bytes are the body; null where there is none
   * @param login who to log in as, by basic authentication; null for nobody
   */
  public record Request(
      URI url,
      String method,
      List<Header> headers,
      @Nullable String body,
      @Nullable Path file,
      @Nullable Login login) {

    /** Copies the list. */
    public Request {
      headers = List.copyOf(headers);
    }
  }

  /** A header of the request. */
  public record Header(String name, String value) {}

  /** A user and the password. */
  public record Login(String user, String password) {}

  /** What must hold: a key and a comparison as in {@code expect:}. */
  public record Expectation(String key, String comparison) {}

  /** How much, and when. */
  public sealed interface Model {}

  /**
   * Arrivals that the target cannot slow down.
   *
   * @param rate of a second, as written: {@code 500/s}
   * @param to the rate at the end, as written; null where it stays
   * @param poisson whether arrivals are as irregular as those of independent users
   */
  public record Open(String rate, @Nullable String to, boolean poisson) implements Model {}

  /**
   * Users of whom each sends when it has been answered, as fast as that goes.
   *
   * @param users how many
   * @param requests how many requests end it; 0 where the time does
   */
  public record Closed(int users, long requests) implements Model {}

  /**
   * How it is sent.
   *
   * @param length how long it is measured; null where only a number of requests ends it
   * @param warmUp how long before that
   * @param warmUpUrl where load goes meanwhile; null for the same address
   * @param connections the most at once; null for the default
   * @param timeout of each request; null for the default
   * @param http2 whether HTTP/2 is spoken
   * @param insecure whether any certificate of the target is taken
   * @param trust the certificates to trust instead of the JDK's; null for those
   * @param ownTarget whether load may be put on a target that is not this machine
   * @param loops how many event loops; 0 for as many as it needs
   * @param sockets how sockets are reached; null for the best there is
   */
  public record Manner(
      @Nullable Duration length,
      Duration warmUp,
      @Nullable URI warmUpUrl,
      @Nullable Integer connections,
      @Nullable Duration timeout,
      boolean http2,
      boolean insecure,
      @Nullable Path trust,
      boolean ownTarget,
      int loops,
      @Nullable String sockets) {}
}
