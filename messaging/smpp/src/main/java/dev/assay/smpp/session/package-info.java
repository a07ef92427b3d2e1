/**
 * Sessions at both ends: binding, windows, time-outs, keeping alive, unbinding, TLS; on Netty, each
 * session on one thread, writing once for all that one reading brought.
 *
 * <p>Must not know: what messages are for; who reconnects and when. A rule of the protocol about
 * states goes into {@link dev.assay.smpp.session.SessionState}, one about values into {@link
 * dev.assay.smpp.session.Conformance}.
 */
@NullMarked
package dev.assay.smpp.session;

import org.jspecify.annotations.NullMarked;
