/**
 * What a response's body holds, found on its bytes as they arrive: values by JSON path or regular
 * expression, and whether values hold.
 *
 * <p>A {@link dev.assay.load.extract.BodyPlan} is compiled once from what the steps ask for; each
 * connection or stream has one {@link dev.assay.load.extract.BodyReader} of it, which reads every
 * body in one pass, builds no tree, and allocates nothing once its buffers have their size. What no
 * one asks for is passed over, not parsed.
 *
 * <p>Pure: knows no sockets, no clocks, no Netty, no HTTP. The usual change: another kind of {@link
 * dev.assay.load.extract.Probe}, with its compilation in the plan and its answer in the reader.
 */
@NullMarked
package dev.assay.load.extract;

import org.jspecify.annotations.NullMarked;
