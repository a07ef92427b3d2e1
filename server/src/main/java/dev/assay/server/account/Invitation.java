package dev.assay.server.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A link that lets somebody do one thing once. Immutable.
 *
 * @param id how it is called, no secret
 * @param kind what it is for
 * @param maker who made it
 * @param member whose password it sets; null where it makes a member
 * @param owner whether it makes an owner of the server
 * @param project in which project it gives a role; null for none
 * @param role which role; null for none
 * @param expires until when it is good
 */
public record Invitation(
    String id,
    Kind kind,
    String maker,
    @Nullable String member,
    boolean owner,
    @Nullable String project,
    @Nullable Role role,
    Instant expires) {

  /** What a link is for. */
  public enum Kind {
    /** Makes a member. */
    JOIN,
    /** Sets a member's password. */
    PASSWORD
  }
}
