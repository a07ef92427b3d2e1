package dev.assay.server.api;

import dev.assay.api.spi.Clock;
import dev.assay.server.account.ProgramKey;
import dev.assay.server.account.Secrets;
import dev.assay.server.api.KeptAnswers.Answer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Carries a request with an {@code Idempotency-Key} out once, however often it is sent
 * (draft-ietf-httpapi-idempotency-key-header-07), and answers it the same again for a day, also
 * after a start; the database decides who does, so that several processes do not both. What was
 * refused changed nothing, is not kept, and may be sent again. Entries, artifacts and reports are
 * taken once by themselves, whatever their size.
 */
public final class IdempotentRequests extends OncePerRequestFilter {

  static final String HEADER = "Idempotency-Key";
  static final int LONGEST = 255;

  private static final String REPLAYED = "Idempotency-Replayed";
  private static final int LONGEST_BODY = 1 << 20;

  /** How long a request waits for the same that is being carried out, and how often it looks. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration PAUSE = Duration.ofMillis(50);

  private static final int ID_BYTES = 16;

  private final KeptAnswers answers;
  private final SealedAnswers sealed;
  private final Secrets secrets;

  /** Kept in a database, closed with what each program shows. */
  public IdempotentRequests(JdbcClient accounts, Secrets secrets, Clock clock) {
    this.answers = new KeptAnswers(accounts, clock);
    this.sealed = new SealedAnswers(secrets);
    this.secrets = secrets;
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
    once(program.id(), key, digest(request, body), new ReadRequest(request, body), response, chain);
  }

  private void once(
      String program,
      String key,
      String digest,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws ServletException, IOException {
    String process = secrets.hex(ID_BYTES);
    long patience = System.nanoTime() + PATIENCE.toNanos();
    Answer before = answers.find(program, key).orElse(null);
    while (before == null && !answers.begin(program, key, process)) {
      if (System.nanoTime() - patience > 0 || !paused()) {
        response.setHeader(HttpHeaders.RETRY_AFTER, "1");
        refusal(409, "the request of '" + key + "' is being carried out", "send it again later")
            .write(response);
        return;
      }
      before = answers.find(program, key).orElse(null);
    }
    ContentCachingResponseWrapper kept = null;
    if (before == null) {
      try (Carrying _ =
          new Carrying(
              KeptAnswers.LIFE.dividedBy(3), () -> answers.goesOn(program, key, process))) {
        // whoever carried it out may have ended just before this one began
        before = answers.find(program, key).orElse(null);
        kept = before == null ? carryOut(program, key, digest, request, response, chain) : null;
      } finally {
        answers.end(program, key, process);
      }
    }
    // told when it has ended, so that who asks again at once need not wait
    if (kept != null) {
      kept.copyBodyToResponse();
    } else if (before != null) {
      replay(key, digest, before, request, response);
    }
  }

  private static boolean paused() {
    try {
      Thread.sleep(PAUSE);
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private ContentCachingResponseWrapper carryOut(
      String program,
      String key,
      String digest,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws ServletException, IOException {
    ContentCachingResponseWrapper kept = new ContentCachingResponseWrapper(response);
    chain.doFilter(request, kept);
    if (kept.getStatus() / 100 == 2) {
      answers.keep(
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
    return kept;
  }

  private void replay(
      String key,
      String digest,
      Answer before,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (!before.request().equals(digest)) {
      refusal(
              422,
              "'" + key + "' was the key of another request",
              "send each request with a key of its own")
          .write(response);
      return;
    }
    response.setStatus(before.status());
    response.setHeader(REPLAYED, "true");
    if (!before.type().isEmpty()) {
      response.setContentType(before.type());
    }
    response.setHeader("Cache-Control", "no-store");
    String body = sealed.open(shown(request), before.body());
    response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
  }

  private static String shown(HttpServletRequest request) {
    return Objects.requireNonNullElse(request.getHeader(HttpHeaders.AUTHORIZATION), "");
  }

  private static ProblemBody refusal(int status, String detail, String mend) {
    return new ProblemBody(
        status, "ASSAY-SERVER-009", "The Idempotency-Key cannot be taken", detail, mend);
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
}
