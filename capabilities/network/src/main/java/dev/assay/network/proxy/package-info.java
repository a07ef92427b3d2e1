/**
 * Proxies that carry bytes and datagrams over a link: TCP and UDP, and their faults.
 *
 * <p>{@code TcpProxy} and {@code UdpProxy} own their sockets; what happens to the bytes of a
 * connection is a chain of {@link dev.assay.network.proxy.Stage}s, of which the link is one. It
 * must not know what travels inside the bytes (HTTP is in {@code web}) and how a link behaves (that
 * is in {@code link}).
 *
 * <p>The usual change: something new that a proxy does to bytes is a stage; something new that it
 * does to connections is a component of {@link dev.assay.network.proxy.ProxyFaults}.
 */
@NullMarked
package dev.assay.network.proxy;

import org.jspecify.annotations.NullMarked;
