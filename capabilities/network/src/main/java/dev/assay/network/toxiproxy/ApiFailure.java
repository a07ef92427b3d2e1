package dev.assay.network.toxiproxy;

import dev.assay.api.json.JsonException;
import org.jspecify.annotations.Nullable;

/** A request that is answered with an error, in the words of Toxiproxy. */
final class ApiFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  private ApiFailure(String title, int status) {
    this(title, status, null);
  }

  private ApiFailure(String title, int status, @Nullable JsonException noJson) {
    super(title, noJson, false, false);
    this.status = status;
  }

  static ApiFailure badBody(String why) {
    return new ApiFailure("bad request body: " + why, 400);
  }

  static ApiFailure badBody(JsonException noJson) {
    return new ApiFailure("bad request body: " + noJson.getMessage(), 400, noJson);
  }

  static ApiFailure missingField(String field) {
    return new ApiFailure("missing required field: " + field, 400);
  }

  static ApiFailure proxyNotFound() {
    return new ApiFailure("proxy not found", 404);
  }

  static ApiFailure proxyExists() {
    return new ApiFailure("proxy already exists", 409);
  }

  static ApiFailure invalidStream() {
    return new ApiFailure("stream was invalid, can be either upstream or downstream", 400);
  }

  static ApiFailure invalidToxicType() {
    return new ApiFailure("invalid toxic type", 400);
  }

  static ApiFailure toxicExists() {
    return new ApiFailure("toxic already exists", 409);
  }

  static ApiFailure toxicNotFound() {
    return new ApiFailure("toxic not found", 404);
  }

  /** What the machine refused, such as an address in use. */
  static ApiFailure internal(String why) {
    return new ApiFailure(why, 500);
  }

  /** More of something than one server holds; Toxiproxy has no such bound. */
  static ApiFailure tooMany(String what) {
    return new ApiFailure("too many " + what, 429);
  }

  int status() {
    return status;
  }

  String title() {
    return String.valueOf(getMessage());
  }
}
