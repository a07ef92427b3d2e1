/**
 * Who did what to what, and from where: a chain of entries that nobody changes unseen, in which
 * people stand under aliases, so that one of them can be forgotten and the chain stays whole. It
 * knows nothing of members, pages and requests; what is to be noted is noted by whoever does it.
 */
@NullMarked
package dev.assay.server.audit;

import org.jspecify.annotations.NullMarked;
