/**
 * The proxy of a company's network: forwarding and tunnels of HTTP/1.1, passwords, blocked hosts,
 * TLS that is opened on the way, upgrades that are stripped, and a link under all of it.
 *
 * <p>{@link dev.assay.network.web.WebProxy} owns the sockets; what it refuses is decided by {@link
 * dev.assay.network.web.WebProxyRules} without any. It must not know checks or evidence.
 *
 * <p>The usual change: a new habit of such proxies is a component of {@link
 * dev.assay.network.web.WebProxyConfiguration} and one decision in {@link
 * dev.assay.network.web.WebProxyRules}.
 */
@NullMarked
package dev.assay.network.web;

import org.jspecify.annotations.NullMarked;
