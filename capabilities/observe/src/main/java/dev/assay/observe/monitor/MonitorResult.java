package dev.assay.observe.monitor;

import dev.assay.api.ledger.Ledger.RunSummary;
import dev.assay.api.verdict.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of a monitor that was due. Immutable.
 *
 * @param monitor its name
 * @param check the check that it carries out
 * @param run the run that it was
 * @param reason the gravest reason; null where there is none
 * @param why why it is no pass, for people; empty for a pass
 * @param took how long it took
 */
public record MonitorResult(
    String monitor,
    String check,
    RunSummary run,
    @Nullable Reason reason,
    String why,
    Duration took) {}
