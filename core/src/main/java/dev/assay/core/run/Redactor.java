package dev.assay.core.run;

import dev.assay.api.evidence.Evidence;
import dev.assay.api.evidence.EvidenceCodec;
import dev.assay.api.json.Json;
import dev.assay.api.value.Secret;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Replaces the values of secrets by {@code ***}, wherever a text leaves a check. Values of fewer
 * than three characters are not replaced, as they occur everywhere. Of a secret of several lines
 * each line is replaced, too. Immutable.
 */
final class Redactor {

  /** What stands where a secret stood. */
  static final String MASK = "***";

  private static final int SHORTEST = 3;

  private final List<String> values;
  private final SecretLines lines;

  Redactor(Collection<Secret> secrets) {
    // The longest first, so that a secret that contains another is masked as a whole.
    this.values =
        secrets.stream()
            .map(Secret::reveal)
            .filter(value -> value.length() >= SHORTEST)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
    this.lines = new SecretLines(values);
  }

  boolean idle() {
    return values.isEmpty();
  }

  String redact(String text) {
    String masked = text;
    for (String value : values) {
      masked = masked.replace(value, MASK);
    }
    return lines.mask(masked, MASK);
  }

  /**
   * The same of a text that goes on elsewhere: an ending that may be the beginning of a secret is
   * masked, too.
   */
  String redactBeginning(String text) {
    String masked = redact(text);
    for (String value : values) {
      for (int length = Math.min(value.length() - 1, masked.length()); length > 0; length--) {
        if (masked.endsWith(value.substring(0, length))) {
          masked = masked.substring(0, masked.length() - length) + MASK;
          break;
        }
      }
    }
    int begun = lines.begunAtEnd(masked);
    return begun == 0 ? masked : masked.substring(0, masked.length() - begun) + MASK;
  }

  /** The same evidence with every text in it masked. */
  Evidence redact(Evidence evidence) {
    return idle() ? evidence : EvidenceCodec.decode(mask(EvidenceCodec.encode(evidence)));
  }

  private Json mask(Json json) {
    return switch (json) {
      case Json.Text text -> Json.of(redact(text.value()));
      case Json.Array array -> Json.array(array.items().stream().map(this::mask).toList());
      case Json.Obj object -> {
        Map<String, Json> members = new LinkedHashMap<>();
        object
            .members()
            .forEach((name, value) -> members.put(name, structural(name) ? value : mask(value)));
        yield new Json.Obj(members);
      }
      default -> json;
    };
  }

  /** Members that no text of the outside can reach; masking them would only break the format. */
  private static boolean structural(String member) {
    return switch (member) {
      case "evidence",
          "at",
          "from",
          "result",
          "severity",
          "unit",
          "encoding",
          "histogram",
          "sha256" ->
          true;
      default -> false;
    };
  }
}
