package dev.assay.api.plan;

import dev.assay.api.problem.Place;
import dev.assay.api.value.CommandLine;
import dev.assay.api.value.Template;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A process that the run starts and stops.
 *
 * @param name its name; {@code ${port.NAME}} is a free port kept for it
 * @param command what starts it
 * @param environment variables added to its process environment
 * @param folder where it starts, relative to the workspace, or null for the workspace's folder
 * @param ready how it is known to be ready, or null for "as soon as it runs"
 * @param grace how long it may take to stop before it is killed
 * @param needs the services that must be ready before it starts
 * @param observed what is written for each {@link dev.assay.api.spi.ServiceObserver}, by its name
 * @param place where it is written
 */
public record ServicePlan(
    String name,
    CommandLine command,
    Map<String, Template> environment,
    @Nullable Template folder,
    @Nullable Readiness ready,
    Duration grace,
    List<String> needs,
    Map<String, Record> observed,
    Place place) {

  /** Copies the collections. */
  public ServicePlan {
    environment = Map.copyOf(environment);
    needs = List.copyOf(needs);
    observed = Map.copyOf(observed);
  }

  /**
   * How a service is known to be ready.
   *
   * @param get a path or URL that must answer with a status below 400, or null
   * @param port a port that must accept a connection, or null
   * @param log a regular expression that a line of its output must match, or null
   * @param within how long that may take
   */
  public record Readiness(
      @Nullable Template get, @Nullable Template port, @Nullable String log, Duration within) {}
}
