package dev.assay.suite.select.graph;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Remembers what class files say, by the digest of their bytes, so that a project that is read
 * again while it is built costs no more than what has changed. Thread-safe.
 */
public final class ClassFactsCache {

  private final Map<Long, ClassFacts> known = new HashMap<>();
  private final ClassFactsReader reader = new ClassFactsReader();
  private final ExternalTypes external = new ExternalTypes();
  private final Digester digester = new Digester();

  /** Remembers nothing yet. */
  public ClassFactsCache() {}

  /** Throws IllegalArgumentException for bytes that are no class file. */
  synchronized ClassFacts read(byte[] bytes) {
    long content = digester.add(bytes).value();
    ClassFacts facts = known.get(content);
    if (facts == null) {
      facts = reader.read(bytes);
      known.put(content, facts);
    }
    return facts;
  }

  /** The names of the methods of a class that is not the project's. */
  synchronized Optional<Set<String>> methodNames(String type) {
    return external.methodNames(type);
  }
}
