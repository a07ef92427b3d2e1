/**
 * How much each project may keep, send and ask: set by owners of the server, looked at before
 * anything is taken, and told when it is nearly used up.
 *
 * <p>It must not know pages or the interface. A new quota is a constant of {@link
 * dev.assay.server.quota.Quota} and where it is looked at.
 */
@org.jspecify.annotations.NullMarked
package dev.assay.server.quota;
