package dev.assay.server.ingest;

import dev.assay.api.evidence.Evidence;
import dev.assay.api.evidence.EvidenceCodec;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.LedgerEntry;
import dev.assay.api.ledger.LedgerEntry.CheckClosed;
import dev.assay.api.ledger.LedgerEntry.CheckOpened;
import dev.assay.api.ledger.LedgerEntry.Ending;
import dev.assay.api.ledger.LedgerEntry.Judged;
import dev.assay.api.ledger.LedgerEntry.Planned;
import dev.assay.api.ledger.LedgerEntry.Recorded;
import dev.assay.api.ledger.LedgerEntry.RunClosed;
import dev.assay.api.ledger.LedgerEntry.RunOpened;
import dev.assay.api.plan.Expectation;
import dev.assay.api.plan.Subject;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.ProblemException;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.Metric;
import dev.assay.api.value.Comparison;
import dev.assay.api.value.Unit;
import dev.assay.api.verdict.Verdict;
import dev.assay.core.judge.Case;
import dev.assay.core.judge.Judge;
import dev.assay.core.judge.Policy;
import dev.assay.core.parse.OutcomeMetrics;
import dev.assay.server.Refusal;
import dev.assay.server.account.Secrets;
import dev.assay.server.project.GapException;
import dev.assay.server.project.ProjectRuns;
import dev.assay.suite.report.Reports;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Makes runs of reports. What comes is hostile: its size, the number of its files and what they
 * unpack to are bounded, and no name in it becomes a path. Thread-safe.
 */
@Component
public final class ReportRuns {

  static final String FINDINGS = "findings";
  static final String TEST_TIME = "test.time";
  static final String GRAVE = "findings.errors";

  private static final String MADE_OF = "made of";

  /** The label of a run that says by the digest of which request it was made. */
  private static final String REQUEST = "request";

  private static final long MOST_BYTES = 256L << 20;

  /** With what is in a zip beside reports. */
  private static final long MOST_SENT = 1L << 30;

  private static final int MOST_FILES = 100_000;
  private static final int BUFFER = 1 << 16;
  private static final DateTimeFormatter ID =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-", Locale.ROOT).withZone(ZoneOffset.UTC);
  private final Clock clock;
  private final Secrets secrets;
  private final List<Metric> metrics =
      Stream.concat(
              OutcomeMetrics.ALL.stream(),
              Stream.of(
                  metric(
                      TEST_TIME, Unit.NANOSECONDS, Metric.Shape.DISTRIBUTION, Metric.Better.LOWER),
                  metric(FINDINGS, Unit.NONE, Metric.Shape.COUNT, Metric.Better.LOWER),
                  metric(GRAVE, Unit.NONE, Metric.Shape.COUNT, Metric.Better.LOWER),
                  metric(
                      "coverage.line", Unit.RATIO, Metric.Shape.PROPORTION, Metric.Better.HIGHER)))
          .toList();

  /** Made by Spring. */
  ReportRuns(Clock clock, Secrets secrets) {
    this.clock = clock;
    this.secrets = secrets;
  }

  private static Metric metric(String name, Unit unit, Metric.Shape shape, Metric.Better better) {
    return new Metric(name, unit, shape, better, "");
  }

  /**
   * Makes a run of a report, or of a zip of reports, and judges it by what every suite is judged
   * by: that there were tests, and that none failed.
   *
   * @param key the same key makes the same run; null for a new one
   * @throws ProblemException if it is no report that is known
   */
  public ReportRun make(
      ProjectRuns runs,
      String workspace,
      String check,
      Subject subject,
      @Nullable String key,
      InputStream body)
      throws IOException, GapException {
    Instant now = clock.now();
    String id =
        key == null
            ? ID.format(now) + secrets.hex(2)
            : "ci-" + EvidenceCodec.sha256(check + "\n" + key).substring(0, 24);
    MessageDigest digest = digest(check, subject);
    InputStream digested = new DigestInputStream(new BoundedStream(body, MOST_SENT), digest);
    RunSummary known = runs.find(id).orElse(null);
    if (known != null && known.closed() != null) {
      return again(known, key, whole(digested, digest));
    }
    ReportEvidence found = new ReportEvidence(check, now);
    Path folder = Files.createTempDirectory("assay-ingest");
    try {
      read(folder, digested, found);
    } finally {
      delete(folder);
    }
    String request = key == null ? null : whole(digested, digest);
    List<Evidence> evidence = found.all();
    Policy policy = new Policy(check, metrics, expectations(found));
    Verdict verdict =
        new Judge().judge(policy, new Case(Ending.COMPLETED, null, evidence, 0, null, Map.of()));
    runs.takeWhole(id, entries(workspace, check, subject, now, evidence, verdict, request));
    return new ReportRun(id, verdict.decision(), true);
  }

  /** What makes a request the same as another: its body, and what it is about. */
  private static MessageDigest digest(String check, Subject subject) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      String about =
          String.join(
              "\n",
              check,
              subject.environment(),
              String.valueOf(subject.commit()),
              String.valueOf(subject.branch()),
              "");
      digest.update(about.getBytes(StandardCharsets.UTF_8));
      return digest;
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /** Reads what is left: readers need not come to the end of a body, such as that of a zip. */
  private static String whole(InputStream digested, MessageDigest digest) throws IOException {
    digested.transferTo(OutputStream.nullOutputStream());
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * The same request again makes no other run; runs of older servers do not say of which it was.
   */
  private static ReportRun again(RunSummary known, @Nullable String key, String request) {
    if (!known.labels().getOrDefault(REQUEST, request).equals(request)) {
      throw new Refusal(
          HttpStatus.UNPROCESSABLE_CONTENT,
          "'" + key + "' was the Idempotency-Key of another report",
          "send each report with a key of its own");
    }
    return new ReportRun(known.id(), known.decision(), false);
  }

  private static List<LedgerEntry> entries(
      String workspace,
      String check,
      Subject subject,
      Instant now,
      List<Evidence> evidence,
      Verdict verdict,
      @Nullable String request) {
    Map<String, String> labels =
        request == null ? Map.of(MADE_OF, "reports") : Map.of(MADE_OF, "reports", REQUEST, request);
    List<LedgerEntry> entries = new ArrayList<>();
    entries.add(
        new RunOpened(
            now,
            workspace,
            EvidenceCodec.sha256("ingest/1\n" + check),
            subject,
            0,
            "ingest/1",
            List.of(new Planned(check, "suite", verdict.policy(), 0)),
            labels));
    entries.add(new CheckOpened(now, check));
    evidence.forEach(fact -> entries.add(new Recorded(fact)));
    entries.add(new CheckClosed(now, check, Ending.COMPLETED, null, Map.of()));
    entries.add(new Judged(check, verdict));
    entries.add(new RunClosed(now, Ending.COMPLETED, verdict.decision()));
    return entries;
  }

  /** Nothing passes for nothing: what came must have tests, findings or coverage to be judged. */
  private static List<Expectation> expectations(ReportEvidence found) {
    List<Expectation> expectations = new ArrayList<>();
    if (found.tested() || !found.analysed() && !found.covered()) {
      expectations.add(expectation("tests", "> 0"));
      expectations.add(expectation("failed", "= 0"));
    }
    if (found.analysed()) {
      expectations.add(expectation(GRAVE, "= 0"));
    }
    if (found.covered()) {
      expectations.add(expectation("coverage.line", "> 0"));
    }
    return expectations;
  }

  private static Expectation expectation(String metric, String comparison) {
    return new Expectation(
        metric,
        null,
        "value",
        new Expectation.Bound(Comparison.parse(comparison)),
        null,
        true,
        Place.NONE);
  }

  private static void read(Path folder, InputStream body, ReportEvidence found) throws IOException {
    BufferedInputStream in = new BufferedInputStream(body, BUFFER);
    in.mark(4);
    byte[] head = in.readNBytes(4);
    in.reset();
    boolean zip = head.length == 4 && head[0] == 'P' && head[1] == 'K' && head[2] == 3;
    if (!zip) {
      Path file = folder.resolve("report");
      long[] left = {MOST_BYTES};
      copy(in, file, left);
      one(file, "the report", found);
      return;
    }
    unpack(in, folder);
    Path allure = folder.resolve("allure");
    if (Files.isDirectory(allure)) {
      one(allure, "the Allure results", found);
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        one(file, String.valueOf(file.getFileName()), found);
      }
    }
  }

  private static void one(Path file, String name, ReportEvidence found) throws IOException {
    found.begin(name);
    found.end(Reports.read(file, name, found));
  }

  /** Names of entries are numbers here: what a zip calls its files is nobody's path. */
  private static void unpack(InputStream in, Path folder) throws IOException {
    long[] left = {MOST_BYTES};
    int number = 0;
    ZipInputStream zip = new ZipInputStream(in);
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
      boolean report = name.matches("(?i).*\\.(xml|json|info|sarif|trx|tap|out)");
      if (entry.isDirectory() || !report || name.endsWith("-container.json")) {
        continue;
      }
      if (++number > MOST_FILES) {
        throw tooLarge("the zip has more than " + MOST_FILES + " files");
      }
      boolean allure = name.endsWith("-result.json");
      Path into = allure ? Files.createDirectories(folder.resolve("allure")) : folder;
      copy(zip, into.resolve(number + (allure ? "-result.json" : ".report")), left);
    }
    if (number == 0) {
      throw new Refusal(
          HttpStatus.UNPROCESSABLE_CONTENT,
          "the zip holds no file that could be a report",
          "put reports into it whose names end in .xml, .json, .info, .sarif, .trx, .tap or .out");
    }
  }

  private static void copy(InputStream in, Path file, long[] left) throws IOException {
    byte[] buffer = new byte[BUFFER];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        left[0] -= read;
        if (left[0] < 0) {
          throw tooLarge("what came unpacks to more than " + (MOST_BYTES >> 20) + " MiB");
        }
        out.write(buffer, 0, read);
      }
    }
  }

  private static Refusal tooLarge(String what) {
    return new Refusal(HttpStatus.CONTENT_TOO_LARGE, what, "send it in several requests");
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted((one, other) -> other.compareTo(one)).toList()) {
        Files.delete(file);
      }
    }
  }
}
