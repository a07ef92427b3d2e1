package dev.assay.network.packet;

import dev.assay.api.spi.UndoAction;
import java.util.Map;
import java.util.Optional;

/** Takes an emulated network off a device. */
public final class QdiscUndo implements UndoAction {

  static final String KIND = "network.qdisc";

  /** Does no work. */
  public QdiscUndo() {}

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Optional<String> undo(String id, Map<String, String> details) {
    return Qdisc.remove(
        details.getOrDefault("device", ""), Optional.ofNullable(details.get("namespace")));
  }
}
