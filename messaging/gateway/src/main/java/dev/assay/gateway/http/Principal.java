package dev.assay.gateway.http;

import dev.assay.gateway.config.KeyConfiguration.Scope;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param name of the key
 * @param scopes what it may do
 * @param limit how often it may send; null for any
 */
record Principal(String name, Set<Scope> scopes, @Nullable RateLimit limit) {

  boolean may(Scope scope) {
    return scopes.contains(scope);
  }

  /** Whose messages it sees: its own, or everybody's. */
  @Nullable String sees() {
    return scopes.contains(Scope.ADMIN) ? null : name;
  }
}
