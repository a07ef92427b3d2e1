/**
 * Who does not want messages: the words STOP, START and HELP in people's languages, what was
 * answered to them, and the judge of whether something may be sent. Pure, but for {@link
 * dev.assay.gateway.optout.OptOuts}, which keeps what was said.
 *
 * <p>Must not know: channels, HTTP. A language's words go into {@link
 * dev.assay.gateway.optout.Words}.
 */
@NullMarked
package dev.assay.gateway.optout;

import org.jspecify.annotations.NullMarked;
