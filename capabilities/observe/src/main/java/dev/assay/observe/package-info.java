/**
 * Observing what runs: checks on a schedule (monitors), objectives with their budgets (SLOs), and
 * the way of an alert to people.
 *
 * <p>Must not know how a check is carried out, where evidence is stored or what a server is: it is
 * given results and gives alerts. Cron expressions are the gateway's.
 *
 * <p>The usual change: another way to reach people is another {@code Notifier} in {@code notify};
 * another key of a monitor is a component of {@code MonitorConfiguration}.
 */
@NullMarked
package dev.assay.observe;

import org.jspecify.annotations.NullMarked;
