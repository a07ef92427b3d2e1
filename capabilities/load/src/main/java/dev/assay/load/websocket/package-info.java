/**
 * The client's side of WebSocket (RFC 6455) as a load generator sees it: the opening handshake,
 * frames read as they arrive, frames written with their masks.
 *
 * <p>Pure: knows no sockets, no clocks, no Netty. Everything works on byte arrays that may be split
 * anywhere, answers a {@link dev.assay.load.websocket.WebSocketFault} where the peer breaks a rule,
 * and allocates nothing per message. The usual change: another rule in {@link
 * dev.assay.load.websocket.FrameReader}, with its bytes added to the corpus of its test.
 */
@NullMarked
package dev.assay.load.websocket;

import org.jspecify.annotations.NullMarked;
