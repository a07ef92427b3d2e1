/**
 * The gateway to the outside: the API and its pages on Netty, who may use it, callbacks to clients,
 * metrics.
 *
 * <p>Must not know: SMPP, files. A new path goes into {@link dev.assay.gateway.http.Api} and into
 * {@link dev.assay.gateway.http.OpenApi}; a new member of a message into {@link
 * dev.assay.gateway.http.Drafts}.
 */
@NullMarked
package dev.assay.gateway.http;

import org.jspecify.annotations.NullMarked;
