package dev.assay.core.run;

import dev.assay.core.report.OutputListener;
import dev.assay.core.report.Words;
import java.nio.charset.StandardCharsets;

/** Makes of the bytes of a printed line what may be shown elsewhere. Immutable. */
final class PrintedText {

  private final Redactor redactor;

  PrintedText(Redactor redactor) {
    this.redactor = redactor;
  }

  /**
   * A line without colours and control characters, as it stands on a terminal at the end, with
   * secrets masked.
   *
   * @param cut whether the line goes on behind these bytes
   */
  String of(byte[] bytes, boolean cut) {
    String raw = new String(bytes, StandardCharsets.UTF_8);
    // as it was printed, and again as it is read: colours may stand within a secret
    String known = cut ? redactor.redactBeginning(raw) : redactor.redact(raw);
    String plain = Words.withoutEscapes(known).stripTrailing();
    String last = Words.encodable(plain.substring(plain.lastIndexOf('\r') + 1));
    String masked = cut ? redactor.redactBeginning(last) : redactor.redact(last);
    return Words.cut(cut ? masked + "…" : masked, OutputListener.LONGEST);
  }
}
