package dev.assay.api.plan;

import dev.assay.api.problem.Place;
import dev.assay.api.value.Template;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the system under test runs.
 *
 * @param name its name in the workspace
 * @param url its base address, or null where no check needs one
 * @param variables names for templates
 * @param secrets names for {@code ${secret.NAME}}, each with where its value comes from
 * @param chaos whether it may be broken on purpose; empty where it does not say
 * @param place where it is written
 */
public record Environment(
    String name,
    @Nullable Template url,
    Map<String, Template> variables,
    Map<String, SecretSource> secrets,
    Optional<Boolean> chaos,
    Place place) {

  /** Copies the maps. */
  public Environment {
    variables = Map.copyOf(variables);
    secrets = Map.copyOf(secrets);
  }

  /** Where a secret's value comes from; the value itself is never in the workspace. */
  public sealed interface SecretSource {}

  /**
   * An environment variable of the Assay process.
   *
   * @param variable its name
   * @param place where it is written
   */
  public record FromVariable(String variable, Place place) implements SecretSource {}

  /**
   * A file; white space at its end is dropped.
   *
   * @param path relative to the workspace's folder, or absolute
   * @param place where it is written
   */
  public record FromFile(String path, Place place) implements SecretSource {}
}
