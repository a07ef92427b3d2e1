package dev.assay.http;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Place;
import dev.assay.api.value.Comparison;
import dev.assay.api.value.Template;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes a step as the workspace file would. */
final class StepBuilder {

  static final Place PLACE = new Place("assay.yaml", 7, 9, "- get: /x");

  private final Map<String, Template> methods = new LinkedHashMap<>();
  private final Map<String, Template> headers = new LinkedHashMap<>();
  private final Map<String, Template> form = new LinkedHashMap<>();
  private final Map<String, String> save = new LinkedHashMap<>();
  private final Map<String, Comparison> expectedHeaders = new LinkedHashMap<>();
  private final Map<String, Comparison> expectedBody = new LinkedHashMap<>();
  private final Map<String, Comparison> expected = new LinkedHashMap<>();
  private final Map<String, Comparison> tls = new LinkedHashMap<>();
  private String name;
  private Json json;
  private Template body;
  private HttpRetry retry;
  private Duration timeout;

  static StepBuilder get(String path) {
    return new StepBuilder().method("get", path);
  }

  static StepBuilder post(String path) {
    return new StepBuilder().method("post", path);
  }

  static StepBuilder none() {
    return new StepBuilder();
  }

  StepBuilder method(String method, String path) {
    methods.put(method, Template.parse(path));
    return this;
  }

  StepBuilder name(String given) {
    name = given;
    return this;
  }

  StepBuilder header(String header, String value) {
    headers.put(header, Template.parse(value));
    return this;
  }

  StepBuilder json(Json given) {
    json = given;
    return this;
  }

  StepBuilder body(String text) {
    body = Template.parse(text);
    return this;
  }

  StepBuilder form(String field, String value) {
    form.put(field, Template.parse(value));
    return this;
  }

  StepBuilder save(String variable, String source) {
    save.put(variable, source);
    return this;
  }

  /** Expects one of status, time, body size, text. */
  StepBuilder expect(String what, String comparison) {
    expected.put(what, Comparison.parse(comparison));
    return this;
  }

  StepBuilder expectHeader(String header, String comparison) {
    expectedHeaders.put(header, Comparison.parse(comparison));
    return this;
  }

  StepBuilder expectBody(String path, String comparison) {
    expectedBody.put(path, Comparison.parse(comparison));
    return this;
  }

  /** Expects one of version, cipher, expires, subject, issuer. */
  StepBuilder expectTls(String what, String comparison) {
    tls.put(what, Comparison.parse(comparison));
    return this;
  }

  StepBuilder retry(Duration every, Duration within) {
    retry = new HttpRetry(within, every);
    return this;
  }

  StepBuilder timeout(Duration given) {
    timeout = given;
    return this;
  }

  HttpStep build() {
    boolean nothing =
        expected.isEmpty() && expectedHeaders.isEmpty() && expectedBody.isEmpty() && tls.isEmpty();
    HttpTlsExpect expectedTls =
        tls.isEmpty()
            ? null
            : new HttpTlsExpect(
                tls.get("version"),
                tls.get("cipher"),
                tls.get("expires"),
                tls.get("subject"),
                tls.get("issuer"));
    HttpExpect expect =
        nothing
            ? null
            : new HttpExpect(
                expected.get("status"),
                expected.get("time"),
                expectedHeaders,
                expectedBody,
                expected.get("body size"),
                expected.get("text"),
                expectedTls,
                PLACE);
    return new HttpStep(
        name,
        methods.get("get"),
        methods.get("post"),
        methods.get("put"),
        methods.get("patch"),
        methods.get("delete"),
        methods.get("head"),
        methods.get("options"),
        headers,
        json,
        body,
        form,
        expect,
        save,
        retry,
        timeout,
        PLACE);
  }
}
