package dev.assay.api.evidence;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something noticed that a rule speaks of.
 *
 * @param check the check
 * @param at when it was found
 * @param rule the rule's id, such as {@code report.truncated}
 * @param severity how grave it is
 * @param place where: a file with line, a URL, a step; null where it has no place
 * @param message one sentence
 * @param fingerprint the same for the same finding in another run
 * @param labels more about it
 */
public record Finding(
    String check,
    Instant at,
    String rule,
    Severity severity,
    @Nullable String place,
    String message,
    String fingerprint,
    Map<String, String> labels)
    implements Evidence {

  /** Copies the labels. */
  public Finding {
    labels = Map.copyOf(labels);
  }

  /** How grave a finding is. */
  public enum Severity {
    /** Good to know. */
    NOTE,
    /** Should be looked at. */
    WARNING,
    /** Wrong. */
    ERROR,
    /**
     * Makes the evidence of the check contradict itself or unusable: the verdict cannot be PASS.
     */
    INVALID
  }
}
