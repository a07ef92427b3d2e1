package dev.assay.http;

import dev.assay.api.spi.Cancellation;
import dev.assay.api.spi.CancelledException;
import dev.assay.api.spi.CheckContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends requests and waits for their complete answers, bounded in time, in size and in redirects,
 * and ended at once by a cancellation. For one thread.
 *
 * <p>Redirects are followed here and not by the client, because the client sends every header on to
 * whatever host it is led to.
 */
final class Exchange {

  private static final int MOST_REDIRECTS = 5;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final HttpClient client;
  private final HttpConfiguration configuration;
  private final CheckContext context;
  private long sent;

  Exchange(HttpClient client, HttpConfiguration configuration, CheckContext context) {
    this.client = client;
    this.configuration = configuration;
    this.context = context;
  }

  /** How many requests were sent so far. */
  long sent() {
    return sent;
  }

  /**
   * Sends a request and follows its redirects where the flow says so.
   *
   * @throws TransportFailure if there is no complete answer
   * @throws CancelledException if the run is stopped meanwhile
   */
  Answer send(PreparedRequest request, Duration timeout) throws TransportFailure {
    long start = context.clock().nanos();
    PreparedRequest at = request;
    for (int redirects = 0; ; redirects++) {
      LimitedBody body = new LimitedBody(configuration.maxBody().bytes(), context.clock());
      TransportFailures failures = new TransportFailures(at.uri(), timeout, body);
      HttpResponse<byte[]> response = once(at, body, failures, start + timeout.toNanos());
      Optional<String> location = response.headers().firstValue("location");
      if (!configuration.followRedirects()
          || !REDIRECTS.contains(response.statusCode())
          || location.isEmpty()) {
        return answer(response, body, start, failures);
      }
      if (redirects >= MOST_REDIRECTS) {
        throw failures.protocol(
            "more than " + MOST_REDIRECTS + " redirects, the last to " + shown(location.get()),
            "look for a redirect that leads back to itself");
      }
      at = at.redirected(response.statusCode(), target(at.uri(), location.get(), failures));
    }
  }

  private URI target(URI from, String location, TransportFailures failures)
      throws TransportFailure {
    try {
      URI to = Address.redirect(from, location);
      if ("https".equalsIgnoreCase(from.getScheme()) && "http".equalsIgnoreCase(to.getScheme())) {
        throw failures.protocol(
            "a redirect leads from https:// to " + shown(location),
            "let the server redirect to https://");
      }
      return to;
    } catch (IllegalArgumentException broken) {
      throw failures.protocol(
          "a redirect leads to " + shown(location) + ", which is not an address",
          "correct the server's location header");
    }
  }

  private static String shown(String location) {
    return "'" + Printable.line(location, 200) + "'";
  }

  private HttpResponse<byte[]> once(
      PreparedRequest request, LimitedBody body, TransportFailures failures, long deadline)
      throws TransportFailure {
    context.cancellation().check();
    sent++;
    CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request.build(), body);
    try (Cancellation.Registration _ =
        context.cancellation().onRequest(() -> answer.cancel(true))) {
      return answer.get(deadline - context.clock().nanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      answer.cancel(true);
      throw failures.timedOut();
    } catch (CancellationException stopped) {
      throw new CancelledException("stopped while waiting for " + Address.shown(request.uri()));
    } catch (InterruptedException stopped) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new CancelledException("interrupted while waiting for " + Address.shown(request.uri()));
    } catch (ExecutionException failed) {
      context.cancellation().check();
      throw failures.of(cause(failed));
    }
  }

  private static Throwable cause(ExecutionException failed) {
    Throwable cause = failed.getCause();
    if (cause instanceof VirtualMachineError fatal) {
      throw fatal;
    }
    return cause == null ? failed : cause;
  }

  private Answer answer(
      HttpResponse<byte[]> response, LimitedBody body, long start, TransportFailures failures)
      throws TransportFailure {
    TlsDetails tls = response.sslSession().flatMap(TlsDetails::of).orElse(null);
    // A certificate that is itself trusted is not checked for its end by the JDK (RFC 5280, section
    // 6.1.1: a trust anchor is taken as it is), but it is just as expired for everybody else.
    if (tls != null && !configuration.insecure() && tls.expires().isBefore(context.clock().now())) {
      throw failures.expired();
    }
    return new Answer(
        response.uri(),
        response.statusCode(),
        response.version(),
        response.headers(),
        response.body(),
        Math.max(0, body.headAtNanos() - start),
        Math.max(0, context.clock().nanos() - start),
        tls);
  }
}
