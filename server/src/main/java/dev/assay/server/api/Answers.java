package dev.assay.server.api;

import dev.assay.api.json.Json;
import dev.assay.api.json.JsonWriter;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.server.ResponseStatusException;

/** What administration answers. */
final class Answers {

  private Answers() {}

  static String json(Json value) {
    return JsonWriter.canonical(value);
  }

  /** It was done, and there is nothing to say. */
  static String done() {
    return "{}";
  }

  /** Something is there that was not; what may have a secret in it is kept nowhere. */
  static ResponseEntity<String> made(Json value) {
    return ResponseEntity.status(HttpStatus.CREATED)
        .contentType(MediaType.APPLICATION_JSON)
        .header("Cache-Control", "no-store")
        .body(json(value));
  }

  static ResponseStatusException missing(String what) {
    return new ResponseStatusException(HttpStatus.NOT_FOUND, what);
  }

  static void found(boolean there, String otherwise) {
    if (!there) {
      throw missing(otherwise);
    }
  }
}
