/**
 * The client's side of HTTP/2 (RFC 9113) and of HPACK (RFC 7541) as a load generator needs it:
 * requests compiled once to bytes, responses read as they arrive, nothing allocated per request in
 * the steady state.
 *
 * <p>Pure: knows no sockets, no clocks, no Netty. Bytes that came go into {@link
 * dev.assay.load.http2.Http2Session#receive}; bytes to be sent gather in its {@link
 * dev.assay.load.http2.Http2Output}, so that whatever became ready in one turn goes out in one
 * write. Neither side compresses with a dynamic table: we tell the server's encoder that ours has
 * no room, and use none ourselves, so every header block stands alone.
 *
 * <p>The usual change: another rule of a frame in {@link dev.assay.load.http2.Http2Reader}, another
 * rule of a stream in {@link dev.assay.load.http2.Http2Session}, each with its bytes in their
 * tests.
 */
@NullMarked
package dev.assay.load.http2;

import org.jspecify.annotations.NullMarked;
