package dev.assay.server.page;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.csrf.CsrfToken;

/**
 * What is around every page. Immutable.
 *
 * @param title of the page
 * @param member who looks; null where nobody is known
 * @param token what forms must send back, so that no other site sends them
 */
public record Frame(String title, @Nullable String member, String token) {

  static Frame of(String title, @Nullable Authentication who, CsrfToken token) {
    return new Frame(title, who == null ? null : who.getName(), token.getToken());
  }
}
