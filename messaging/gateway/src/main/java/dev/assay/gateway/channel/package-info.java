/**
 * Ways to reach people other than SMS: WhatsApp, Viber, e-mail, Slack, PagerDuty, webhooks. What
 * they have in common over HTTP is in {@link dev.assay.gateway.channel.HttpChannel}; what each
 * provider documents of itself is its {@link dev.assay.gateway.channel.Dialect}.
 *
 * <p>Must not know: stores, routes, templates. A new provider is a dialect and a line in {@link
 * dev.assay.gateway.channel.ChannelsExtension}, and passes the {@code ChannelKit} of the tests.
 */
@NullMarked
package dev.assay.gateway.channel;

import org.jspecify.annotations.NullMarked;
