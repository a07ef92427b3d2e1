package dev.assay.observe.monitor;

import dev.assay.api.problem.Place;
import dev.assay.api.spi.Default;
import dev.assay.api.spi.Doc;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A check on a schedule.
 *
 * @param check the check's id
 * @param every how often; null where {@code cron} says it
 * @param cron when, as a cron expression; null where {@code every} says it
 * @param zone of the cron expression
 * @param from the agent that carries it out
 * @param jitter how much later at most
 * @param alert when its results make an alert; null for the usual
 * @param place where it is written
 */
@Doc("A check of the workspace on a schedule, carried out by `assay monitor`.")
public record MonitorConfiguration(
    @Doc("The check that is carried out, with what it needs.") String check,
    @Doc("How often; the moments are whole multiples since midnight UTC of 1970-01-01.")
        @Nullable Duration every,
    @Doc("When, as a cron expression of five or six fields.") @Nullable String cron,
    @Doc("The time zone of the cron expression; summer time is kept.") @Default("UTC") String zone,
    @Doc("The agent that carries it out; `assay monitor --as NAME` carries out its own.")
        @Default("here")
        String from,
    @Doc("Each moment is up to this much later, drawn from the monitor's name.") @Default("0s")
        Duration jitter,
    @Doc("When results make an alert; 2 failures of 3 open it, 2 passes close it.")
        @Nullable MonitorAlert alert,
    Place place) {

  /** When results make an alert. */
  public MonitorAlert alerting() {
    MonitorAlert own = alert;
    return own == null ? MonitorAlert.USUAL : own;
  }
}
