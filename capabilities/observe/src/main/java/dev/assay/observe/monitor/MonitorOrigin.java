package dev.assay.observe.monitor;

import dev.assay.api.ledger.Ledger.RunSummary;
import java.util.function.Function;

/**
 * Where the results of monitors come from, as alerts say it.
 *
 * @param workspace the workspace's name
 * @param agent which agent carries them out
 * @param place where it stands, in words such as {@code frankfurt}; empty where nobody said
 * @param author who wrote the commit that a run is of; empty where nobody knows
 * @param page where people see a run; empty where nowhere
 */
public record MonitorOrigin(
    String workspace,
    String agent,
    String place,
    Function<RunSummary, String> author,
    Function<RunSummary, String> page) {}
