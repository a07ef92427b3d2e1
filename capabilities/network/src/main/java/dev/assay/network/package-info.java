/**
 * Network: links with delay, loss and bandwidth, and the proxies that put traffic on them.
 *
 * <p>{@code link} is the model, pure and in virtual time; {@code profile} holds known networks and
 * reads descriptions of others; {@code proxy} carries bytes over links; {@code web} is the proxy of
 * a company's network; {@code toxiproxy} speaks the API of Toxiproxy; {@code packet} works where
 * the kernel lets it, on packets. None of it knows how evidence is judged or shown, nor any other
 * capability.
 *
 * <p>What a workspace says about it, {@code conditions} and {@code links}, is read in this package,
 * which may know them all; they may not know it, but for its problems.
 *
 * <p>The usual change: a new property of a link goes into {@code link}, and into the configuration
 * of a condition in this package.
 */
@NullMarked
package dev.assay.network;

import org.jspecify.annotations.NullMarked;
