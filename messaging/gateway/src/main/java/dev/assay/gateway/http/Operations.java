package dev.assay.gateway.http;

import dev.assay.api.json.Json;
import dev.assay.gateway.engine.Engine;
import dev.assay.gateway.route.Routes;
import dev.assay.gateway.store.GatewayStore;
import java.util.List;
import java.util.Optional;

/** What the API may do with the gateway beyond messages; implemented by whoever assembles it. */
public interface Operations {

  /** The engine. */
  Engine engine();

  /** The store, to read from. */
  GatewayStore store();

  /** The routes, as they are now. */
  Routes routes();

  /** Who may use the API, as it is now. */
  Keys keys();

  /** The currency of costs. */
  String currency();

  /** A provider of SMPP, as JSON: its configuration without secrets, sessions, why it is away. */
  Optional<Json.Obj> provider(String name);

  /** The names of those. */
  List<String> providers();

  /**
   * Adds or changes a provider.
   *
   * @param body YAML or JSON, as in gateway.yaml
   * @throws dev.assay.api.problem.ProblemException with all that is wrong in it
   */
  void putProvider(String name, String body);

  /** Takes a provider away, after it has finished what it has; false where there is none. */
  boolean removeProvider(String name);

  /**
   * Reads the configuration again.
   *
   * @throws dev.assay.api.problem.ProblemException with all that is wrong in it; nothing changes
   *     then
   */
  void reload();
}
