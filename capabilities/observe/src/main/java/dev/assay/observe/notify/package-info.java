/**
 * The ways of a notification to people: webhook (Alertmanager's version 4), Slack, PagerDuty,
 * e-mail and messages through the gateway's HTTP contract.
 *
 * <p>The usual change: another way is a method here and a list in {@code ReceiverEntry}.
 */
@NullMarked
package dev.assay.observe.notify;

import org.jspecify.annotations.NullMarked;
