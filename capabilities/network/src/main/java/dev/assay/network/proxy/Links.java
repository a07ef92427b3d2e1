package dev.assay.network.proxy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The links of the workspace, for whoever breaks and mends them; found by {@code
 * context.find(Links.class)}. Immutable and thread-safe.
 */
public final class Links {

  private final Map<String, OpenLink> byName = new LinkedHashMap<>();

  /** These links. */
  public Links(List<? extends OpenLink> links) {
    links.forEach(link -> byName.put(link.name(), link));
  }

  /** The link of that name. */
  public Optional<OpenLink> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** All of them, in the order of the file. */
  public List<OpenLink> all() {
    return List.copyOf(byName.values());
  }
}
