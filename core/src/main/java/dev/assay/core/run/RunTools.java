package dev.assay.core.run;

import dev.assay.api.ledger.Ledger;
import dev.assay.api.plan.CheckPlan;
import dev.assay.api.spi.Clock;
import dev.assay.api.spi.ServiceObserver;
import dev.assay.core.judge.Policy;
import dev.assay.core.parse.CheckMetrics;
import dev.assay.core.report.OutputListener;
import dev.assay.core.report.RunListener;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run works with.
 *
 * @param ledger where its entries go
 * @param listener who hears how it goes on
 * @param clock the time
 * @param environment the environment variables of this process
 * @param observers what looks at services while a check measures
 * @param cancellation tells the whole run to stop
 * @param watchdog the words that start a watchdog; empty where there can be none
 * @param output who hears what processes print; null for nobody
 */
record RunTools(
    Ledger ledger,
    RunListener listener,
    Clock clock,
    Map<String, String> environment,
    List<ServiceObserver<?>> observers,
    CancellationSource cancellation,
    List<String> watchdog,
    @Nullable OutputListener output) {

  /** What a check is judged by. */
  Policy policy(CheckPlan<?> check) {
    return new Policy(check.id(), CheckMetrics.of(check.type(), observers), check.expectations());
  }
}
