package dev.assay.chaos.suggest;

import java.util.List;

/**
 * An experiment to try next. Immutable.
 *
 * @param name of the check
 * @param reason why, in one or two sentences
 * @param steady the check whose expectations are the steady state
 * @param faults each as YAML in one line
 * @param weight how much it would tell; more is more
 */
public record Suggestion(
    String name, String reason, String steady, List<String> faults, int weight) {

  /** Copies the list. */
  public Suggestion {
    faults = List.copyOf(faults);
  }

  /** The check as YAML, to be put under {@code checks:}. */
  public String yaml() {
    StringBuilder yaml = new StringBuilder();
    yaml.append("  # ").append(reason.replace("\n", " ")).append('\n');
    yaml.append("  ").append(name).append(":\n");
    yaml.append("    chaos:\n");
    yaml.append("      steady: ").append(steady).append('\n');
    yaml.append("      faults:\n");
    faults.forEach(fault -> yaml.append("        - ").append(fault).append('\n'));
    yaml.append("    expect: { recovery: < 10 s }\n");
    return yaml.toString();
  }
}
