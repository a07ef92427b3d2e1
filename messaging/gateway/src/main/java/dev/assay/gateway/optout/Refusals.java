package dev.assay.gateway.optout;

import dev.assay.gateway.Documents;
import dev.assay.gateway.Documents.Document;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Who said no, in memory: each message is judged by it, and none waits for the store. Some 200
 * bytes for each of them. Thread-safe.
 */
final class Refusals {

  private static final int PAGE = 1000;

  private final ConcurrentSkipListMap<String, OptOuts.Judgement> all =
      new ConcurrentSkipListMap<>();

  /** Those that a store has. */
  Refusals(Documents documents) {
    String after = "";
    List<Document> page = documents.list(OptOuts.KIND, after, PAGE);
    while (!page.isEmpty()) {
      page.forEach(this::heard);
      after = page.getLast().key();
      page = documents.list(OptOuts.KIND, after, PAGE);
    }
  }

  /** What somebody said, when it is durable. */
  void heard(Document said) {
    OptOuts.Judgement judgement = OptOuts.judged(said);
    if (judgement.allowed()) {
      all.remove(said.key());
    } else {
      all.put(said.key(), judgement);
    }
  }

  /** As {@link OptOuts#judge} does. */
  OptOuts.Judgement judge(OptOuts.Pair pair) {
    if (all.isEmpty()) {
      return OptOuts.ALLOWED;
    }
    if (!pair.sender().isBlank()) {
      return all.getOrDefault(pair.key(), OptOuts.ALLOWED);
    }
    Map.Entry<String, OptOuts.Judgement> first = all.higherEntry(pair.numberKey());
    return first != null && first.getKey().startsWith(pair.numberKey())
        ? first.getValue()
        : OptOuts.ALLOWED;
  }
}
