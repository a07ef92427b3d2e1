package dev.assay.virtual;

import dev.assay.api.spi.Metric;
import dev.assay.api.value.Unit;
import dev.assay.virtual.smsc.SmscTally;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The figures of a virtual SMSC. */
final class SmscMetrics {

  private SmscMetrics() {}

  static Map<String, Long> of(SmscTally tally) {
    Map<String, Long> values = new LinkedHashMap<>();
    values.put("submits", tally.submits());
    values.put("accepted", tally.accepted());
    values.put("distinct", tally.distinct());
    values.put("repeated", tally.accepted() - tally.distinct());
    values.put("throttled", tally.throttled());
    values.put("refused", tally.refused());
    values.put("unanswered", tally.unanswered());
    values.put("receipts", tally.receipts());
    values.put("receipts.answered", tally.receiptsAnswered());
    values.put("incoming", tally.incoming());
    values.put("waiting", tally.waiting());
    return values;
  }

  static List<Metric> all() {
    return List.of(
        count("submits", "Messages that came, taken or not; each part of a long one counts."),
        count("accepted", "Messages that were taken."),
        count("distinct", "Different ones of those, by source, destination and content."),
        count("repeated", "Messages that were taken again: accepted less distinct."),
        count("throttled", "Messages answered by ESME_RTHROTTLED or ESME_RMSGQFUL."),
        count("refused", "Messages answered by another error."),
        count("unanswered", "Messages that were not answered, on purpose."),
        count("receipts", "Receipts that were sent, duplicates included."),
        count("receipts.answered", "Receipts that were taken."),
        count("incoming", "Messages of subscribers that were sent."),
        count("waiting", "Messages whose receipt was not taken yet, after the time to settle."));
  }

  private static Metric count(String name, String summary) {
    return new Metric(name, Unit.NONE, Metric.Shape.COUNT, Metric.Better.NEITHER, summary);
  }
}
