/**
 * The bytes of HTTP/1.1 as a load generator sees them (RFC 9112): requests encoded once, responses
 * scanned as they arrive.
 *
 * <p>Pure: knows no sockets, no clocks, no Netty. The usual change: another framing rule in {@link
 * dev.assay.load.http1.ResponseScanner}, with its stream added to the corpus of its test.
 */
@NullMarked
package dev.assay.load.http1;

import org.jspecify.annotations.NullMarked;
