package dev.assay.load;

import dev.assay.api.problem.Place;
import dev.assay.api.problem.ProblemException;
import dev.assay.load.engine.Arrivals;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Recorded arrivals: one on each line, the first column of which is either seconds from the start
 * or a time of ISO 8601. The first line may be a heading. The earliest is the start, whatever the
 * order of the lines.
 */
final class TraceFile {

  private static final int MOST = 50_000_000;
  private static final double SECOND = 1e9;

  private final Path path;
  private final String shown;
  private final Place place;

  TraceFile(Path path, String shown, Place place) {
    this.path = path;
    this.shown = shown;
    this.place = place;
  }

  /** Reads them, those after a time left out. */
  Arrivals read(@Nullable Duration longest) {
    double[] seconds = seconds();
    Arrays.sort(seconds);
    double base = seconds[0];
    long most = longest == null ? Long.MAX_VALUE : longest.toNanos();
    long[] offsets =
        Arrays.stream(seconds)
            .mapToLong(at -> Math.round((at - base) * SECOND))
            .filter(at -> at < most)
            .toArray();
    return Arrivals.recorded(
        offsets, longest == null ? offsets[offsets.length - 1] + 1 : longest.toNanos());
  }

  private double[] seconds() {
    double[] found = new double[1024];
    int many = 0;
    try (BufferedReader lines = Files.newBufferedReader(path)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        String first = line.strip().split("[,;\t]", 2)[0].strip();
        if (first.isEmpty() || first.startsWith("#")) {
          continue;
        }
        Double at = moment(first);
        if (at == null) {
          if (many == 0 && number == 1) {
            continue;
          }
          throw wrong(number, first);
        }
        if (many == MOST) {
          throw LoadProblems.TRACE.failure(
              place, "'" + shown + "' has more than " + MOST + " arrivals", "split it");
        }
        found = many == found.length ? Arrays.copyOf(found, 2 * many) : found;
        found[many++] = at;
      }
    } catch (IOException unreadable) {
      throw LoadProblems.TRACE.failure(
          place,
          "the trace '" + shown + "' cannot be read",
          "name a text file in the workspace's folder with one arrival on each line");
    }
    if (many == 0) {
      throw LoadProblems.TRACE.failure(
          place, "the trace '" + shown + "' has no arrivals", "write one on each line: 0.25");
    }
    return Arrays.copyOf(found, many);
  }

  private ProblemException wrong(int line, String text) {
    return LoadProblems.TRACE.failure(
        new Place(shown, line, 1, text),
        "'" + text + "' is neither seconds from the start nor a time",
        "write 0.25 or 2026-01-31T12:00:00.250Z in the first column");
  }

  private static @Nullable Double moment(String text) {
    try {
      double seconds = Double.parseDouble(text);
      return Double.isFinite(seconds) && seconds >= 0 ? seconds : null;
    } catch (NumberFormatException noNumber) {
      try {
        Instant at = OffsetDateTime.parse(text).toInstant();
        return at.getEpochSecond() + at.getNano() / SECOND;
      } catch (DateTimeException noTime) {
        return null;
      }
    }
  }
}
