package dev.assay.core.report;

import dev.assay.api.evidence.Evidence;
import dev.assay.api.evidence.EvidenceCodec;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import dev.assay.api.ledger.Ledger;
import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.ledger.Ledger.Stored;
import dev.assay.api.ledger.LedgerEntry.CheckOpened;
import dev.assay.api.ledger.LedgerEntry.Recorded;
import dev.assay.core.report.JsonReport.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The report of a run that is in a ledger, in bounded memory however many outcomes, findings and
 * events it has: those that need attention are held, of the others it is known how many there are,
 * and where all are wanted they are read again. Not for use by several threads.
 */
public final class StoredReport {

  /**
   * How many outcomes are held of those that failed, as many of those that are flaky, that were
   * skipped, and that passed; as many findings of each severity, and as many events that are drawn
   * and that are not. A page shows no more.
   */
  static final int MOST = 5_000;

  private final Ledger ledger;
  private final RunReport gravest;
  private final Map<String, Long> begun = new HashMap<>();
  private long end;

  private StoredReport(Ledger ledger, RunSummary run, int most) {
    this.ledger = ledger;
    RunFold fold = new RunFold(most);
    ledger.read(
        run.id(),
        stored -> {
          fold.add(stored.entry());
          end = stored.sequence();
          if (stored.entry() instanceof CheckOpened opened) {
            begun.put(opened.check(), stored.sequence());
          }
        });
    this.gravest = fold.report(run);
  }

  /** Reads it. */
  public static StoredReport read(Ledger ledger, RunSummary run) {
    return new StoredReport(ledger, run, MOST);
  }

  /** The same where less is held. */
  static StoredReport read(Ledger ledger, RunSummary run, int most) {
    return new StoredReport(ledger, run, most);
  }

  /** The report with what is held; the rest is counted. */
  public RunReport gravest() {
    return gravest;
  }

  /**
   * Writes {@link JsonReport} with all that was found, in the canonical form.
   *
   * @throws IOException if it cannot be written
   */
  public void writeJson(Appendable out) throws IOException {
    String mark = mark();
    IdentityHashMap<EvidenceReport, Integer> places = new IdentityHashMap<>();
    JsonReport.evidence(gravest).forEach(evidence -> places.put(evidence, places.size()));
    String text =
        JsonWriter.canonical(
            JsonReport.json(
                gravest,
                (evidence, part) ->
                    part.isWhole(evidence)
                        ? JsonReport.listed(evidence, part)
                        : Json.of(mark + part.ordinal() + "-" + places.get(evidence) + ".")));
    Matcher marks = Pattern.compile("\"" + Pattern.quote(mark) + "(\\d)-(\\d+)\\.\"").matcher(text);
    int written = 0;
    while (marks.find()) {
      out.append(text, written, marks.start());
      Part part = Part.values()[Integer.parseInt(marks.group(1))];
      write(part, Integer.parseInt(marks.group(2)), out);
      written = marks.end();
    }
    out.append(text, written, text.length());
  }

  /** What no text of the report has, so that nobody else's text is taken for it. */
  private String mark() {
    String text = JsonWriter.canonical(JsonReport.json(gravest));
    int number = 0;
    while (text.contains("evidence-" + number + "-")) {
      number++;
    }
    return "evidence-" + number + "-";
  }

  /** One list of a check, or behind the checks of a service. */
  private void write(Part part, int place, Appendable out) throws IOException {
    int checks = gravest.checks().size();
    boolean check = place < checks;
    String owner =
        check ? gravest.checks().get(place).id() : gravest.services().get(place - checks).name();
    Listing listing = new Listing(part, owner, check, out);
    out.append('[');
    try {
      if (check) {
        ledger.read(gravest.id(), owner, listing::add);
      } else {
        ledger.read(gravest.id(), listing::add);
      }
    } catch (UncheckedIOException gone) {
      throw gone.getCause();
    }
    out.append(']');
  }

  /** Writes one list of one owner that the report is about. */
  private final class Listing {

    private final Part part;
    private final String owner;
    private final boolean check;
    private final Appendable out;
    private boolean first = true;

    Listing(Part part, String owner, boolean check, Appendable out) {
      this.part = part;
      this.owner = owner;
      this.check = check;
      this.out = out;
    }

    /** What is about a check is about no service, whatever its name. */
    private String service(String about) {
      boolean known = gravest.checks().stream().anyMatch(each -> each.id().equals(about));
      return known ? "" : RunFold.service(about);
    }

    void add(Stored stored) {
      if (stored.sequence() > end
          || check && stored.sequence() < begun.getOrDefault(owner, 0L)
          || !(stored.entry() instanceof Recorded(Evidence evidence))
          || !part.has(evidence)
          || !(check ? evidence.check() : service(evidence.check())).equals(owner)) {
        return;
      }
      try {
        out.append(first ? "" : ",").append(JsonWriter.canonical(EvidenceCodec.encode(evidence)));
        first = false;
      } catch (IOException gone) {
        throw new UncheckedIOException(gone);
      }
    }
  }
}
