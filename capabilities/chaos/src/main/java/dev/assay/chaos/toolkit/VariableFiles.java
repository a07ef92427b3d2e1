package dev.assay.chaos.toolkit;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Where;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values for the configuration and the secrets that are not in the experiment, as {@code --var} and
 * {@code --var-file} of the toolkit give them. Not thread-safe.
 */
public final class VariableFiles {

  private static final int MOST_BYTES = 1 << 20;

  private final Map<String, String> environment;
  private final Map<String, Json> configuration = new HashMap<>();
  private final Map<String, Json> secrets = new HashMap<>();

  /** Begins with the environment variables of the process. */
  public VariableFiles(Map<String, String> environment) {
    this.environment = new HashMap<>(environment);
  }

  /**
   * Reads a file: JSON or YAML with {@code configuration} and {@code secrets}, or lines of {@code
   * NAME=value} for the environment.
   *
   * @param shown how the user named it
   */
  public void read(Path file, String shown) {
    if (shown.endsWith(".json") || shown.endsWith(".yaml") || shown.endsWith(".yml")) {
      if (ExperimentFile.read(file, shown).root() instanceof Json.Obj root) {
        members(root.find("configuration")).forEach(configuration::put);
        members(root.find("secrets")).forEach(secrets::put);
      }
      return;
    }
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new IOException("more than 1 MiB");
      }
      Files.readString(file).lines().map(String::strip).forEach(this::line);
    } catch (IOException unreadable) {
      throw ToolkitProblems.UNREADABLE.failure(
          Where.named(shown), "'" + shown + "' cannot be read", "name a file of variables");
    }
  }

  private static Map<String, Json> members(@Nullable Json value) {
    return value instanceof Json.Obj object ? object.members() : Map.of();
  }

  private void line(String line) {
    int equals = line.indexOf('=');
    if (!line.startsWith("#") && equals > 0) {
      environment.put(line.substring(0, equals), line.substring(equals + 1));
    }
  }

  /**
   * Puts one value.
   *
   * @param name {@code name}, or {@code name:type} with str, int, float or bytes
   */
  public static void put(Map<String, Json> values, String name, String value, Where where) {
    int colon = name.lastIndexOf(':');
    String type = colon < 0 ? "str" : name.substring(colon + 1);
    Json typed = Variables.typed(type, Json.of(value));
    if (typed == null) {
      throw ToolkitProblems.NO_VALUE.failure(
          where,
          "'" + value + "' of '" + name + "' is no " + type,
          "write str, int, float or bytes");
    }
    values.put(colon < 0 ? name : name.substring(0, colon), typed);
  }

  /** Values of the configuration. */
  public Map<String, Json> configuration() {
    return Map.copyOf(configuration);
  }

  /** Secrets, by group. */
  public Map<String, Json> secrets() {
    return Map.copyOf(secrets);
  }

  /** The environment variables. */
  public Map<String, String> environment() {
    return Map.copyOf(environment);
  }
}
