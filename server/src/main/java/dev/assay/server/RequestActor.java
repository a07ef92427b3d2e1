package dev.assay.server;

import dev.assay.server.account.ProgramKey;
import dev.assay.server.audit.Actor;
import java.util.function.Supplier;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Who acts on this thread: whoever sent the request that it answers. Thread-safe. */
final class RequestActor implements Supplier<Actor> {

  @Override
  public Actor get() {
    String address =
        RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
            ? request.getRequest().getRemoteAddr()
            : null;
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    if (who == null || who instanceof AnonymousAuthenticationToken || !who.isAuthenticated()) {
      return Actor.program(address == null ? "the server" : "nobody known", address);
    }
    return who.getPrincipal() instanceof ProgramKey key
        ? Actor.program(key.shown(), address)
        : Actor.member(who.getName(), address);
  }
}
