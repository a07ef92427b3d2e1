/**
 * A virtual SMSC: accounts, throttling, latency, loss, receipts, messages of subscribers, and
 * faults at any PDU; scripted, seeded, with a ledger of all it saw.
 *
 * <p>Must not know: workspaces. Another fault is a constant of {@link dev.assay.virtual.smsc.Fault}
 * and its case in {@link dev.assay.virtual.smsc.VirtualSmsc}.
 */
@NullMarked
package dev.assay.virtual.smsc;

import org.jspecify.annotations.NullMarked;
