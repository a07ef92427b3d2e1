package dev.assay.network.packet;

import dev.assay.api.spi.UndoAction;
import java.util.Map;
import java.util.Optional;

/** Removes a network namespace, with the devices in it, and ends what still runs there. */
public final class NamespaceUndo implements UndoAction {

  static final String KIND = "network.namespace";

  /** Does no work. */
  public NamespaceUndo() {}

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Optional<String> undo(String id, Map<String, String> details) {
    return Namespaces.remove(details.getOrDefault("namespace", ""));
  }
}
