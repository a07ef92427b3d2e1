package dev.assay.load;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import dev.assay.api.spi.Key;
import dev.assay.api.value.Rate;
import dev.assay.api.value.Template;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a load check is written. Immutable.
 *
 * @param rate arrivals that begin in a second
 * @param duration how long
 * @param connections the most connections at once
 * @param timeout for a connection to open and for each request
 * @param warmUp how long before the measurement
 * @param maxWaiting arrivals that may wait for a connection
 * @param headers of every request
 * @param flow the steps of each arrival
 * @param url the base address instead of the environment's
 * @param iOwnThisTarget permission for a target elsewhere
 * @param place where it stands
 */
@Doc("Sends requests at a constant rate that the target cannot slow down (an open model).")
public record LoadConfiguration(
    @Doc("How many arrivals begin in a second, such as 500/s. Each runs the whole flow.") Rate rate,
    @Doc("How long arrivals are measured, more than 0 and at most 24h.") @Key("for")
        Duration duration,
    @Doc("The most connections open at once. They are opened when they are needed and kept.")
        @Default("64")
        int connections,
    @Doc(
            "How long a connection may take to open, and a request to be answered; also how long"
                + " requests under way are waited for after the last arrival.")
        @Default("10s")
        Duration timeout,
    @Doc("How long the same rate is sent before it is measured; it is in no statistic.")
        @Default("0s")
        Duration warmUp,
    @Doc(
            "How many arrivals may wait for a free connection. Further ones are dropped, which is"
                + " counted as an error.")
        @Default("10000")
        int maxWaiting,
    @Doc("Headers of every request; a step's own header of the same name replaces one.")
        Map<String, Template> headers,
    @Doc("The steps of each arrival, carried out in order on one connection.") List<LoadStep> flow,
    @Doc("The base address, where it is not the environment's url.") @Nullable Template url,
    @Doc("Says that you may put load on a target that is not this machine; needed above 50/s.")
        @Default("false")
        boolean iOwnThisTarget,
    Place place) {

  /** Copies the collections. */
  public LoadConfiguration {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    flow = List.copyOf(flow);
  }
}
