package dev.assay.network.packet;

import dev.assay.api.spi.UndoJournal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps what would have to be undone. */
final class RecordingJournal implements UndoJournal {

  /** An entry as written. */
  record Written(String kind, Map<String, String> details) {}

  private final Map<String, Written> open = new LinkedHashMap<>();
  private int number;

  @Override
  public synchronized Entry before(String kind, Map<String, String> details) {
    String id = "e" + number++;
    open.put(id, new Written(kind, details));
    return new Entry() {
      @Override
      public String id() {
        return id;
      }

      @Override
      public void done() {
        synchronized (RecordingJournal.this) {
          open.remove(id);
        }
      }
    };
  }

  synchronized List<Written> open() {
    return new ArrayList<>(open.values());
  }
}
