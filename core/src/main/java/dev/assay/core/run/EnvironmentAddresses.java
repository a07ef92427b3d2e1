package dev.assay.core.run;

import dev.assay.api.plan.Environment;
import dev.assay.api.plan.Plan;
import dev.assay.api.value.Template;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The addresses that a workspace says are its own. */
public final class EnvironmentAddresses {

  private EnvironmentAddresses() {}

  /**
   * The addresses of all environments that can be known before anything runs; one that holds a
   * port, a secret or a variable made of others is left out.
   *
   * @param process the environment variables of this process
   */
  public static List<URI> of(Plan plan, Map<String, String> process) {
    List<URI> addresses = new ArrayList<>();
    for (Environment environment : plan.environments().values()) {
      address(plan, environment, process).ifPresent(addresses::add);
    }
    return List.copyOf(addresses);
  }

  private static Optional<URI> address(
      Plan plan, Environment environment, Map<String, String> process) {
    Template url = environment.url();
    if (url == null
        || url.names().stream().anyMatch(name -> value(name, plan, environment, process) == null)) {
      return Optional.empty();
    }
    String filled = url.fill(name -> String.valueOf(value(name, plan, environment, process)));
    try {
      URI uri = URI.create(filled);
      return uri.getHost() == null ? Optional.empty() : Optional.of(uri);
    } catch (IllegalArgumentException wrong) {
      return Optional.empty();
    }
  }

  private static @Nullable String value(
      String name, Plan plan, Environment environment, Map<String, String> process) {
    if (name.startsWith("env.")) {
      return process.get(name.substring(4));
    }
    Template own = environment.variables().get(name);
    Template template = own == null ? plan.variables().get(name) : own;
    return template == null || !template.names().isEmpty() ? null : template.fill(none -> none);
  }
}
