package dev.assay.chaos.fault;

import dev.assay.network.link.Condition;
import dev.assay.network.proxy.OpenLink;
import dev.assay.network.proxy.ProxyFaults;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What faults lay over the conditions of links, in the order they came. However they end, a link
 * shows what is still laid over it, and in the end what it was. Thread-safe.
 */
@SuppressWarnings("ReferenceEquality")
public final class LinkOverlays {

  private final Map<OpenLink, Layers> links = new HashMap<>();

  /** No link is touched. */
  public LinkOverlays() {}

  /**
   * What one fault changes.
   *
   * @param condition of the link
   * @param faults of its proxy
   * @param cut whether its connections are reset when it begins
   */
  record Overlay(
      UnaryOperator<Condition> condition, UnaryOperator<ProxyFaults> faults, boolean cut) {}

  private record Layers(Condition condition, ProxyFaults faults, List<Overlay> overlays) {}

  synchronized void add(OpenLink link, Overlay overlay) {
    Layers layers =
        links.computeIfAbsent(
            link, open -> new Layers(open.condition(), open.faults(), new ArrayList<>()));
    layers.overlays().add(overlay);
    apply(link, layers);
    if (overlay.cut()) {
      link.resetConnections();
    }
  }

  synchronized void remove(OpenLink link, Overlay overlay) {
    Layers layers = links.get(link);
    if (layers != null && layers.overlays().removeIf(one -> one == overlay)) {
      apply(link, layers);
      if (layers.overlays().isEmpty()) {
        links.remove(link);
      }
    }
  }

  private static void apply(OpenLink link, Layers layers) {
    link.change(condition(layers));
    link.faults(faults(layers));
  }

  private static Condition condition(Layers layers) {
    Condition condition = layers.condition();
    for (Overlay overlay : layers.overlays()) {
      condition = overlay.condition().apply(condition);
    }
    return condition;
  }

  private static ProxyFaults faults(Layers layers) {
    ProxyFaults faults = layers.faults();
    for (Overlay overlay : layers.overlays()) {
      faults = overlay.faults().apply(faults);
    }
    return faults;
  }

  /** Whether a link is as all that is laid over it says. */
  synchronized boolean shown(OpenLink link, Overlay overlay) {
    Layers layers = links.get(link);
    return layers != null
        && layers.overlays().contains(overlay)
        && link.condition().equals(condition(layers))
        && link.faults().equals(faults(layers));
  }
}
