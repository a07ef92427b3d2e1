package dev.assay.api.plan;

import dev.assay.api.spi.WorkspaceSection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a workspace says in a section that a capability reads.
 *
 * @param <E> the configuration of one entry
 * @param section the section
 * @param entries by name, in the order of the file
 */
public record SectionPlan<E extends Record>(WorkspaceSection<E> section, Map<String, E> entries) {

  /** Copies the entries. */
  public SectionPlan {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /** The names for which {@code ${port.NAME}} has a value. */
  public Set<String> ports() {
    return section.ports(entries);
  }
}
