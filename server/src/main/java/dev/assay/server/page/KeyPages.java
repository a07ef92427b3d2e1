package dev.assay.server.page;

import dev.assay.server.account.KeyDesk;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.account.ServerKey;
import dev.assay.server.account.ServerKeys;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Keys of the whole server, for its owners. */
@RestController
public class KeyPages {

  private final Template template;
  private final Frames frames;
  private final KeyDesk desk;
  private final ServerKeys keys;

  /** Made by Spring. */
  KeyPages(Template template, Frames frames, KeyDesk desk, ServerKeys keys) {
    this.template = template;
    this.frames = frames;
    this.desk = desk;
    this.keys = keys;
  }

  /**
   * The keys of the server. Immutable.
   *
   * @param frame around it
   * @param keys those that are good
   * @param made one that was just made, shown this once; null for none
   * @param wrong what was wrong with what came; null for nothing
   */
  public record Page(
      Frame frame, List<ServerKey> keys, @Nullable String made, @Nullable String wrong) {}

  @GetMapping("/keys")
  ResponseEntity<String> page(
      Authentication who, CsrfToken token, @RequestParam @Nullable String format) {
    ResponseEntity<String> file = Listed.file(format, () -> MemberTables.keys(keys.all()));
    return file != null ? file : page(200, who, token, null, null);
  }

  private ResponseEntity<String> page(
      int status,
      Authentication who,
      CsrfToken token,
      @Nullable String made,
      @Nullable String wrong) {
    return template.page(
        status, "keys", new Page(frames.plain("Keys", who, token), keys.all(), made, wrong));
  }

  @PostMapping("/keys")
  ResponseEntity<String> make(
      Authentication who,
      CsrfToken token,
      @RequestParam(defaultValue = "") String label,
      @RequestParam(defaultValue = "") String[] scopes) {
    EnumSet<Scope> wanted =
        Arrays.stream(scopes)
            .flatMap(word -> Scope.of(word).stream())
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Scope.class)));
    return wanted.isEmpty()
        ? page(422, who, token, null, "Choose what the key may do.")
        : page(200, who, token, desk.makeForServer(who, label, wanted), null);
  }

  @PostMapping("/keys/{id}/rotate")
  ResponseEntity<String> rotate(Authentication who, CsrfToken token, @PathVariable String id) {
    return page(200, who, token, desk.rotateForServer(who, id).orElse(null), null);
  }

  @PostMapping("/keys/{id}/revoke")
  ResponseEntity<String> revoke(@PathVariable String id) {
    boolean _ = keys.revoke(id);
    return MemberPages.to("/keys");
  }
}
