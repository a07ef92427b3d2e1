package dev.assay.server.account;

import java.time.Instant;

/**
 * A person of this server. Immutable.
 *
 * @param name what they log in with
 * @param owner whether they own the server
 * @param disabled whether they are shut out
 * @param password whether they have a password here; without one they come by single sign-on
 * @param created since when
 */
public record Member(
    String name, boolean owner, boolean disabled, boolean password, Instant created) {}
