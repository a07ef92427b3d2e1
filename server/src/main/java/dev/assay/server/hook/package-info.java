/**
 * Webhooks out: what happens in a project is told to whoever wants to know, as CloudEvents that are
 * signed as Standard Webhooks says, from an outbox that survives the server. Whoever has something
 * to tell calls {@link dev.assay.server.hook.Hooks#publish}.
 */
@NullMarked
package dev.assay.server.hook;

import org.jspecify.annotations.NullMarked;
