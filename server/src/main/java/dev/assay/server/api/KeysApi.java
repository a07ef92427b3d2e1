package dev.assay.server.api;

import dev.assay.server.account.Access;
import dev.assay.server.account.KeyDesk;
import dev.assay.server.account.ProgramKey;
import dev.assay.server.account.ProjectKeys;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.account.ServerKeys;
import dev.assay.server.api.KeysJson.Wanted;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Keys of programs: those of a project, and those of the whole server. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class KeysApi {

  private final Access access;
  private final KeyDesk desk;
  private final ProjectKeys keys;
  private final ServerKeys serverKeys;

  KeysApi(Access access, KeyDesk desk, ProjectKeys keys, ServerKeys serverKeys) {
    this.access = access;
    this.desk = desk;
    this.keys = keys;
    this.serverKeys = serverKeys;
  }

  /** What the key that is shown may do, and until when. */
  @GetMapping("/key")
  String own(Authentication who) {
    if (!(who.getPrincipal() instanceof ProgramKey key)) {
      throw Answers.missing("there is no key");
    }
    return Answers.json(KeysJson.json(key));
  }

  @GetMapping("/projects/{project}/keys")
  String list(Authentication who, @PathVariable String project) {
    var _ = access.project(who, project, Scope.ADMIN);
    return Answers.json(KeysJson.list(keys.of(project)));
  }

  @PostMapping(path = "/projects/{project}/keys", consumes = MediaType.ALL_VALUE)
  ResponseEntity<String> make(Authentication who, @PathVariable String project, InputStream body)
      throws IOException, BadBodyException {
    var _ = access.project(who, project, Scope.ADMIN);
    Wanted wanted = Wanted.read(body);
    return shown(desk.make(who, project, wanted.name(), wanted.scopes()));
  }

  @PostMapping("/projects/{project}/keys/{id}/rotate")
  ResponseEntity<String> rotate(
      Authentication who, @PathVariable String project, @PathVariable String id) {
    var _ = access.project(who, project, Scope.ADMIN);
    return shown(desk.rotate(who, project, id).orElseThrow(() -> missing(id)));
  }

  @DeleteMapping("/projects/{project}/keys/{id}")
  String revoke(Authentication who, @PathVariable String project, @PathVariable String id) {
    var _ = access.project(who, project, Scope.ADMIN);
    Answers.found(keys.revoke(project, id), "there is no key '" + id + "'");
    return Answers.done();
  }

  private ResponseEntity<String> shown(String key) {
    return Answers.made(KeysJson.json(keys.find(key).orElseThrow(), key));
  }

  @GetMapping("/keys")
  String list(Authentication who) {
    access.server(who, Scope.ADMIN);
    return Answers.json(KeysJson.list(serverKeys.all()));
  }

  @PostMapping(path = "/keys", consumes = MediaType.ALL_VALUE)
  ResponseEntity<String> make(Authentication who, InputStream body)
      throws IOException, BadBodyException {
    access.server(who, Scope.ADMIN);
    Wanted wanted = Wanted.read(body);
    return shownForServer(desk.makeForServer(who, wanted.name(), wanted.scopes()));
  }

  @PostMapping("/keys/{id}/rotate")
  ResponseEntity<String> rotate(Authentication who, @PathVariable String id) {
    access.server(who, Scope.ADMIN);
    return shownForServer(desk.rotateForServer(who, id).orElseThrow(() -> missing(id)));
  }

  @DeleteMapping("/keys/{id}")
  String revoke(Authentication who, @PathVariable String id) {
    access.server(who, Scope.ADMIN);
    Answers.found(serverKeys.revoke(id), "there is no key '" + id + "'");
    return Answers.done();
  }

  private ResponseEntity<String> shownForServer(String key) {
    return Answers.made(KeysJson.json(serverKeys.find(key).orElseThrow(), key));
  }

  private static org.springframework.web.server.ResponseStatusException missing(String id) {
    return Answers.missing("there is no key '" + id + "' that is good");
  }
}
