package dev.assay.http;

import dev.assay.api.spi.CheckContext;
import dev.assay.api.value.Template;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Fills the templates of a flow's steps with the values that earlier steps saved. */
final class RequestPreparation {

  private final HttpConfiguration configuration;
  private final CheckContext context;
  private final Map<String, String> saved;

  /** With a view on the values that are saved as the flow goes on. */
  RequestPreparation(
      HttpConfiguration configuration, CheckContext context, Map<String, String> saved) {
    this.configuration = configuration;
    this.context = context;
    this.saved = saved;
  }

  /**
   * The request of a step.
   *
   * @throws TransportFailure if it cannot be sent as its values are
   * @throws dev.assay.api.problem.ProblemException if a variable or the base has no value
   */
  PreparedRequest prepare(HttpStep step) throws TransportFailure {
    Optional<RequestBody> body = RequestBody.of(step, this::fill);
    Map<String, PreparedRequest.Header> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("user-agent", new PreparedRequest.Header("user-agent", "assay", false));
    body.ifPresent(given ->
        headers.put(
            "content-type", new PreparedRequest.Header("content-type", given.mediaType(), false)));
    configuration.headers().forEach((name, value) -> headers.put(name, header(name, value)));
    step.headers().forEach((name, value) -> headers.put(name, header(name, value)));
    try {
      PreparedRequest request =
          new PreparedRequest(
              step.method(),
              address(step),
              headers.values().stream().toList(),
              body.map(RequestBody::text).orElse(null));
      request.build();
      return request;
    } catch (IllegalArgumentException broken) {
      throw new TransportFailure(
          TransportFailure.PROTOCOL,
          HttpProblems.ADDRESS.at(
              step.place(),
              Printable.line(String.valueOf(broken.getMessage()), 300),
              "look at the values of the variables in the step"),
          null);
    }
  }

  private PreparedRequest.Header header(String name, Template value) {
    boolean secret = value.names().stream().anyMatch(used -> used.startsWith("secret."));
    return new PreparedRequest.Header(name, fill(value), secret);
  }

  private URI address(HttpStep step) {
    String path = fill(step.path());
    return Address.of(path, Address.absolute(path) ? "" : base(step));
  }

  private String base(HttpStep step) {
    Template url = configuration.url();
    if (url != null) {
      return fill(url);
    }
    return context
        .target()
        .map(URI::toString)
        .orElseThrow(() ->
            HttpProblems.NO_TARGET.failure(
                step.place(),
                "'" + step.path().source() + "' is relative, and the environment has no url",
                "give the environment a url, or write the whole address"));
  }

  /** Fills a template with what the flow saved and with the variables of the run. */
  String fill(Template template) {
    Function<String, Optional<String>> own = name -> Optional.ofNullable(saved.get(name));
    return context.fill(template, own);
  }

  /** The names that a step's templates use. */
  static Set<String> uses(HttpStep step) {
    Set<String> names = new LinkedHashSet<>(step.path().names());
    step.headers().values().forEach(value -> names.addAll(value.names()));
    step.form().values().forEach(value -> names.addAll(value.names()));
    Template body = step.body();
    if (body != null) {
      names.addAll(body.names());
    }
    HttpExpect expect = step.expect();
    if (expect != null) {
      names.addAll(expect.names());
    }
    if (step.json() != null) {
      RequestBody.templates(step.json()).forEach(value -> names.addAll(value.names()));
    }
    return names;
  }
}
