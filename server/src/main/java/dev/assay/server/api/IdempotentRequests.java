package dev.assay.server.api;

import dev.assay.api.spi.Clock;
import dev.assay.server.account.ProgramKey;
import dev.assay.server.account.Secrets;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Carries a request with an {@code Idempotency-Key} out once, however often it is sent
 * (draft-ietf-httpapi-idempotency-key-header-07), and answers it the same again for a day, also
 * after a start. What was refused changed nothing, is not kept, and may be sent again. Entries,
 * artifacts and reports are taken once by themselves, whatever their size.
 */
public final class IdempotentRequests extends OncePerRequestFilter {

  static final String HEADER = "Idempotency-Key";
  static final int LONGEST = 255;

  private static final String REPLAYED = "Idempotency-Replayed";
  private static final Duration KEPT = Duration.ofDays(1);
  private static final int LONGEST_BODY = 1 << 20;

  private final JdbcClient accounts;
  private final SealedAnswers sealed;
  private final Clock clock;
  private final ReentrantLock[] locks = new ReentrantLock[64];

  /** What was answered. */
  private record Answer(String request, int status, String type, String body) {}

  /** Kept in a database, closed with what each program shows. */
  public IdempotentRequests(JdbcClient accounts, Secrets secrets, Clock clock) {
    this.accounts = accounts;
    this.sealed = new SealedAnswers(secrets);
    this.clock = clock;
    for (int i = 0; i < locks.length; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  /** Whether requests of a method change something. */
  static boolean concerns(String method) {
    return method.equals("POST") || method.equals("PUT") || method.equals("DELETE");
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    String path = request.getRequestURI();
    return request.getHeader(HEADER) == null
        || !concerns(request.getMethod())
        || path.endsWith("/entries")
        || path.endsWith("/ingest")
        || path.contains("/artifacts/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    String key = request.getHeader(HEADER).strip();
    if (who == null || !(who.getPrincipal() instanceof ProgramKey program)) {
      chain.doFilter(request, response); // it will be refused
      return;
    }
    byte[] body = request.getInputStream().readNBytes(LONGEST_BODY + 1);
    if (key.isEmpty() || key.length() > LONGEST || body.length > LONGEST_BODY) {
      refusal(
              400,
              key.isEmpty() || key.length() > LONGEST
                  ? "the key has " + key.length() + " characters, not 1 to " + LONGEST
                  : "the body is longer than 1 MiB",
              "send a UUID as the key, and at most 1 MiB")
          .write(response);
      return;
    }
    ReentrantLock lock = locks[Math.floorMod((program.id() + " " + key).hashCode(), locks.length)];
    lock.lock();
    try {
      once(program.id(), key, digest(request, body), new Again(request, body), response, chain);
    } finally {
      lock.unlock();
    }
  }

  private void once(
      String program,
      String key,
      String digest,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws ServletException, IOException {
    Answer before = answered(program, key).orElse(null);
    if (before == null) {
      ContentCachingResponseWrapper kept = new ContentCachingResponseWrapper(response);
      chain.doFilter(request, kept);
      if (kept.getStatus() / 100 == 2) {
        keep(
            program,
            key,
            new Answer(
                digest,
                kept.getStatus(),
                Objects.requireNonNullElse(kept.getContentType(), ""),
                sealed.seal(
                    shown(request),
                    new String(kept.getContentAsByteArray(), StandardCharsets.UTF_8))));
      }
      kept.copyBodyToResponse();
    } else if (before.request().equals(digest)) {
      response.setStatus(before.status());
      response.setHeader(REPLAYED, "true");
      if (!before.type().isEmpty()) {
        response.setContentType(before.type());
      }
      response.setHeader("Cache-Control", "no-store");
      String body = sealed.open(shown(request), before.body());
      response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    } else {
      refusal(
              422,
              "'" + key + "' was the key of another request",
              "send each request with a key of its own")
          .write(response);
    }
  }

  private static String shown(HttpServletRequest request) {
    return Objects.requireNonNullElse(request.getHeader(HttpHeaders.AUTHORIZATION), "");
  }

  private static ProblemBody refusal(int status, String detail, String mend) {
    return new ProblemBody(
        status, "ASSAY-SERVER-009", "The Idempotency-Key cannot be taken", detail, mend);
  }

  private Optional<Answer> answered(String program, String key) {
    return accounts
        .sql(
            "SELECT request, status, type, body FROM answered WHERE program = ? AND key = ?"
                + " AND at > ?")
        .params(program, key, clock.now().minus(KEPT).toEpochMilli())
        .query((rows, _) ->
            new Answer(rows.getString(1), rows.getInt(2), rows.getString(3), rows.getString(4)))
        .optional();
  }

  private void keep(String program, String key, Answer answer) {
    int _ =
        accounts
            .sql("DELETE FROM answered WHERE at <= ?")
            .param(clock.now().minus(KEPT).toEpochMilli())
            .update();
    int _ =
        accounts
            .sql(
                "INSERT INTO answered (program, key, request, status, type, body, at)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (program, key) DO UPDATE SET"
                    + " request = excluded.request, status = excluded.status,"
                    + " type = excluded.type, body = excluded.body, at = excluded.at")
            .params(
                program,
                key,
                answer.request(),
                answer.status(),
                answer.type(),
                answer.body(),
                clock.now().toEpochMilli())
            .update();
  }

  private static String digest(HttpServletRequest request, byte[] body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      String query = request.getQueryString();
      String line = request.getMethod() + " " + request.getRequestURI() + "?" + query + "\n";
      digest.update(line.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(body));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /** A request whose body was read. */
  private static final class Again extends HttpServletRequestWrapper {

    private final byte[] body;

    Again(HttpServletRequest request, byte[] body) {
      super(request);
      this.body = body;
    }

    @Override
    public ServletInputStream getInputStream() {
      return new Body(new ByteArrayInputStream(body));
    }

    @Override
    public BufferedReader getReader() {
      return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }
  }

  private static final class Body extends ServletInputStream {

    private final ByteArrayInputStream in;

    Body(ByteArrayInputStream in) {
      this.in = in;
    }

    @Override
    public int read() {
      return in.read();
    }

    @Override
    public int read(byte[] into, int from, int length) {
      return in.read(into, from, length);
    }

    @Override
    public boolean isFinished() {
      return in.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("nobody reads this asynchronously");
    }
  }
}
