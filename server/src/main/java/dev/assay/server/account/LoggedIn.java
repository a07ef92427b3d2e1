package dev.assay.server.account;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** What every session knows of its member, however they came in. */
public interface LoggedIn {

  /** Of which generation of the member's log-ins it is; it is good as long as that is the last. */
  long generation();

  /** What a member may do apart from projects. */
  static GrantedAuthority authority(boolean owner) {
    return new SimpleGrantedAuthority(owner ? "OWNER" : "MEMBER");
  }
}
