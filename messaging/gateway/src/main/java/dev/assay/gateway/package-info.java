/**
 * The message gateway: what it accepts it never loses. Here is the contract of its parts: messages,
 * channels that carry them, and what becomes of them.
 *
 * <p>Inside: {@code store} keeps messages and their events, {@code provider} speaks to message
 * centres, {@code route} chooses one, {@code engine} moves messages from state to state, {@code
 * http} is the API; {@code channel}, {@code template}, {@code schedule} and {@code optout} are what
 * the other ways to people need.
 *
 * <p>Must not know: the workspace, checks, load. A way to reach people is a new {@link
 * dev.assay.gateway.Channel}; what changes requests before they become messages is an {@link
 * dev.assay.gateway.Intake}.
 */
@NullMarked
package dev.assay.gateway;

import org.jspecify.annotations.NullMarked;
