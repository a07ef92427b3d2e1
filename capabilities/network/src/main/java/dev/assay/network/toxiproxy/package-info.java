/**
 * Toxiproxy: its HTTP API of version 2.12 and its toxics, so that its public clients work
 * unchanged.
 *
 * <p>{@link dev.assay.network.toxiproxy.ToxiproxyApi} answers requests without knowing sockets;
 * {@link dev.assay.network.toxiproxy.ToxicStages} makes the chains of stages that toxics are;
 * {@link dev.assay.network.toxiproxy.ToxiproxyServer} joins both with Netty. It must not know how
 * conditions are written in a workspace.
 *
 * <p>The usual change: a new toxic is a {@link dev.assay.network.toxiproxy.ToxicType} and a {@link
 * dev.assay.network.toxiproxy.ToxicStage}.
 */
@NullMarked
package dev.assay.network.toxiproxy;

import org.jspecify.annotations.NullMarked;
