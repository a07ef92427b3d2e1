/**
 * Single sign-on by OpenID Connect: who a provider says somebody is, which member that is, and
 * which roles follow. The protocol itself (code, PKCE, state, nonce, the token's signature) is
 * Spring Security's.
 */
@NullMarked
package dev.assay.server.signon;

import org.jspecify.annotations.NullMarked;
