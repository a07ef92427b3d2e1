package dev.assay.server.account;

import dev.assay.server.audit.AuditLog;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What owners do with members that takes more than one step; all of it happens, or nothing.
 * Thread-safe.
 */
@Component
public final class MemberDesk {

  private final Members members;
  private final AuditLog audit;

  /** Made by Spring. */
  MemberDesk(Members members, AuditLog audit) {
    this.members = members;
    this.audit = audit;
  }

  /** Undoes what was done before it was refused. */
  private static final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    RefusedException(String wrong) {
      super(wrong);
    }
  }

  /**
   * Brings a member into a state. What is so already is not noted again.
   *
   * @param owner whether they own the server; null to leave it
   * @param disabled whether they are shut out; null to leave it
   * @return what is wrong, or null where it was done
   */
  public @Nullable String set(String name, @Nullable Boolean owner, @Nullable Boolean disabled) {
    try {
      return audit.recorded(() -> {
        Member now = members.find(name).orElse(null);
        if (now == null) {
          return "There is no such member.";
        }
        if (owner != null && owner != now.owner()) {
          refused(members.makeOwner(name, owner));
        }
        if (disabled != null && disabled != now.disabled()) {
          refused(disabled ? members.disable(name) : members.enable(name));
        }
        return null;
      });
    } catch (RefusedException refused) {
      return refused.getMessage();
    }
  }

  private static void refused(@Nullable String wrong) {
    if (wrong != null) {
      throw new RefusedException(wrong);
    }
  }

  /**
   * Removes a member if they are there still, and who they were from the audit log. Returns what is
   * wrong, or null.
   */
  public @Nullable String forget(String name) {
    String refused =
        audit.recorded(() -> {
          String wrong = members.exists(name) ? members.remove(name) : null;
          if (wrong == null) {
            boolean _ = audit.forget(name);
          }
          return wrong;
        });
    audit.settle();
    return refused;
  }
}
