package dev.assay.gateway.template;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.assay.api.json.Json;
import dev.assay.api.json.JsonException;
import dev.assay.api.json.JsonReader;
import dev.assay.api.problem.Place;
import dev.assay.api.problem.Problem;
import dev.assay.api.problem.ProblemException;
import dev.assay.gateway.ChannelProblems;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A list of recipients with values for a template: CSV (RFC 4180; comma, semicolon or tab) whose
 * first line has the names, or JSON lines. {@code to} is the recipient and {@code locale} the
 * language; all else are values, of which empty ones of CSV are none. It is read line by line and
 * never held whole.
 *
 * @param name what problems call it
 * @param stopAtFirst whether a wrong line ends the reading; else it is told and passed over
 */
public record RecipientList(String name, boolean stopAtFirst) {

  private static final int LONGEST_LINE = 65_536;
  private static final long MOST_LINES = 10_000_000;

  /**
   * One recipient.
   *
   * @param line where he stands in the list, from 1
   * @param to whom a message is for
   * @param locale his language, or null
   * @param values by name
   */
  public record Recipient(long line, String to, @Nullable String locale, Map<String, Json> values) {
    /** Copies the map. */
    public Recipient {
      values = Map.copyOf(values);
    }
  }

  /**
   * What came of a list.
   *
   * @param good how many recipients were taken
   * @param bad how many lines were passed over
   */
  public record Read(long good, long bad) {}

  /** Takes the recipients; throws a ProblemException for one that is wrong. */
  public interface Taker {
    /** Takes one. */
    void take(Recipient recipient);
  }

  /**
   * Reads a list.
   *
   * @param in the list; it is not closed
   * @param json whether it is JSON lines rather than CSV
   * @param taker is given each recipient
   * @param wrong is told of each wrong line
   * @throws ProblemException of the first wrong line where that ends the reading, and where the
   *     list has no usable first line
   * @throws UncheckedIOException where it cannot be read on
   */
  public Read read(Reader in, boolean json, Taker taker, Consumer<Problem> wrong) {
    Lines lines = new Lines(taker, wrong);
    try {
      if (json) {
        readJson(new BufferedReader(in), lines);
      } else {
        readCsv(new BufferedReader(in), lines);
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return new Read(lines.good, lines.bad);
  }

  private void readJson(BufferedReader in, Lines lines) throws IOException {
    long line = 0;
    StringBuilder text = new StringBuilder();
    boolean tooLong = false;
    for (int c = in.read(); ; c = in.read()) {
      if (c >= 0 && c != '\n') {
        tooLong |= text.length() >= LONGEST_LINE;
        if (!tooLong) {
          text.append((char) c);
        }
        continue;
      }
      line++;
      if (tooLong) {
        lines.wrong(line, 1, "the line is longer than " + LONGEST_LINE + " characters");
      } else if (!text.toString().isBlank()) {
        lines.take(line, text.toString(), RecipientList::fromJson);
      }
      text.setLength(0);
      tooLong = false;
      if (c < 0) {
        return;
      }
    }
  }

  private static Map<String, Json> fromJson(String text) {
    return JsonReader.read(text).asObject().members();
  }

  private void readCsv(BufferedReader in, Lines lines) throws IOException {
    in.mark(LONGEST_LINE);
    char[] start = new char[LONGEST_LINE - 1];
    int length = in.read(start);
    in.reset();
    String head = length <= 0 ? "" : new String(start, 0, length).lines().findFirst().orElse("");
    try (CsvReader<CsvRecord> reader =
            CsvReader.builder()
                .fieldSeparator(separator(head))
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .maxBufferSize(LONGEST_LINE * 4)
                .ofCsvRecord(in);
        CloseableIterator<CsvRecord> records = reader.iterator()) {
      if (!records.hasNext()) {
        throw new ProblemException(problem(1, 1, "the list is empty"));
      }
      List<String> names = names(records.next().getFields());
      while (records.hasNext()) {
        CsvRecord next = records.next();
        lines.take(next.getStartingLineNumber(), next, record -> fromCsv(names, record));
      }
    } catch (CsvParseException broken) {
      throw new ProblemException(problem(lines.last + 1, 1, String.valueOf(broken.getMessage())));
    }
  }

  private List<String> names(List<String> fields) {
    List<String> names = new ArrayList<>();
    for (String field : fields) {
      names.add((names.isEmpty() ? field.replace("\uFEFF", "") : field).strip());
    }
    if (!names.contains("to")) {
      throw new ProblemException(problem(1, 1, "no column is named 'to'"));
    }
    if (names.size() != names.stream().distinct().count()) {
      throw new ProblemException(problem(1, 1, "two columns have the same name"));
    }
    return names;
  }

  private static char separator(String head) {
    char best = ',';
    for (char candidate : new char[] {';', '\t'}) {
      if (count(head, candidate) > count(head, best)) {
        best = candidate;
      }
    }
    return best;
  }

  private static long count(String text, char wanted) {
    return text.chars().filter(c -> c == wanted).count();
  }

  private static Map<String, Json> fromCsv(List<String> names, CsvRecord record) {
    if (record.getFieldCount() != names.size()) {
      throw new IllegalArgumentException(
          "it has " + record.getFieldCount() + " fields, but the first line names " + names.size());
    }
    Map<String, Json> values = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String field = record.getField(i);
      if (!field.isEmpty()) {
        values.put(names.get(i), Json.of(field));
      }
    }
    return values;
  }

  private Problem problem(long line, int column, String what) {
    return ChannelProblems.LIST.at(
        new Place(name, (int) Math.min(line, Integer.MAX_VALUE), column, ""),
        what,
        "mend the line, or leave wrong lines out by --skip");
  }

  /** Counts lines, and does with wrong ones what was chosen. */
  private final class Lines {
    private final Taker taker;
    private final Consumer<Problem> wrong;
    private long good;
    private long bad;
    private long last;

    Lines(Taker taker, Consumer<Problem> wrong) {
      this.taker = taker;
      this.wrong = wrong;
    }

    <T> void take(long line, T raw, Function<T, Map<String, Json>> reader) {
      last = line;
      if (good + bad >= MOST_LINES) {
        throw new ProblemException(problem(line, 1, "a list has at most " + MOST_LINES + " lines"));
      }
      try {
        taker.take(recipient(line, reader.apply(raw)));
        good++;
      } catch (ProblemException refused) {
        wrong(line, 1, refused.problems().getFirst().what());
      } catch (JsonException | IllegalArgumentException broken) {
        wrong(line, 1, String.valueOf(broken.getMessage()));
      }
    }

    private Recipient recipient(long line, Map<String, Json> values) {
      Map<String, Json> rest = new LinkedHashMap<>(values);
      Json to = rest.remove("to");
      Json locale = rest.remove("locale");
      if (!(to instanceof Json.Text text) || text.value().isBlank()) {
        throw new IllegalArgumentException("'to' is missing");
      }
      return new Recipient(
          line, text.value().strip(), locale == null ? null : locale.asText(), rest);
    }

    void wrong(long line, int column, String what) {
      bad++;
      last = line;
      Problem problem = problem(line, column, what);
      if (stopAtFirst) {
        throw new ProblemException(problem);
      }
      wrong.accept(problem);
    }
  }
}
