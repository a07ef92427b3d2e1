/**
 * Where a message goes: prefixes, countries, cost, weights, health and the quality of receipts.
 *
 * <p>Must not know: what a message centre is, the store, the API. A new way to choose is a constant
 * of {@code By} and a branch in {@link dev.assay.gateway.route.Routes}.
 */
@NullMarked
package dev.assay.gateway.route;

import org.jspecify.annotations.NullMarked;
