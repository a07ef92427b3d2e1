/**
 * Requests as they are compiled before the start: fixed bytes with slots, and what is looked at in
 * the response. Knows no protocol's framing and no sockets: {@code http1}, {@code http2} and the
 * engine make bytes of it. A new kind of slot goes into {@link dev.assay.load.request.Segment}.
 */
@NullMarked
package dev.assay.load.request;

import org.jspecify.annotations.NullMarked;
