package dev.assay.observe.monitor;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Shorthand;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When the results of a monitor make an alert.
 *
 * @param after so many failures of so many results, such as {@code 2 of 3}
 * @param close after so many passes in a row it ends
 * @param severity the label
 * @param labels more labels
 * @param annotations such as {@code runbook}
 * @param place where it is written
 */
@Doc("When the results of a monitor make an alert.")
public record MonitorAlert(
    @Doc("So many failures of so many results open it, such as `2 of 3`, or `2` in a row.")
        @Default("2 of 3")
        @Shorthand
        String after,
    @Doc("So many passes in a row close it.") @Default("2") int close,
    @Doc("The label `severity`.") @Default("critical") String severity,
    @Doc("More labels, for routing; `service` is what dependencies are about.")
        Map<String, String> labels,
    @Doc("What people should know, such as `runbook`.") Map<String, String> annotations,
    Place place) {

  /** The usual. */
  public static final MonitorAlert USUAL =
      new MonitorAlert("2 of 3", 2, "critical", Map.of(), Map.of(), Place.NONE);

  private static final Pattern AFTER = Pattern.compile("(\\d{1,3})(?:\\s+of\\s+(\\d{1,3}))?");

  /** Copies the maps. */
  public MonitorAlert {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
  }

  /**
   * The rule.
   *
   * @throws IllegalArgumentException with a sentence for people, if there is none
   */
  public FlapRule rule() {
    Matcher matcher = AFTER.matcher(after.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + after + "' is nothing such as `2 of 3`");
    }
    int failures = Integer.parseInt(matcher.group(1));
    int of = matcher.group(2) == null ? failures : Integer.parseInt(matcher.group(2));
    return new FlapRule(failures, of, close);
  }
}
