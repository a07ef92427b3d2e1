package dev.assay.server.account;

import java.util.List;
import org.springframework.security.core.userdetails.User;

/** A member as their session knows them. Immutable, but for the password, which is erased. */
public final class SignedIn extends User implements LoggedIn {

  private static final long serialVersionUID = 1;

  private final long generation;

  SignedIn(String name, String password, boolean owner, long generation) {
    super(name, password, List.of(LoggedIn.authority(owner)));
    this.generation = generation;
  }

  @Override
  public long generation() {
    return generation;
  }
}
