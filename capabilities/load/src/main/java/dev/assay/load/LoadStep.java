package dev.assay.load;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Place;
import dev.assay.api.spi.Doc;
import dev.assay.api.value.Comparison;
import dev.assay.api.value.Template;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request of a flow. Immutable.
 *
 * @param name its name in evidence
 * @param get the path of a GET
 * @param post the path of a POST
 * @param put the path of a PUT
 * @param patch the path of a PATCH
 * @param delete the path of a DELETE
 * @param head the path of a HEAD
 * @param headers of this request
 * @param json the body as a value
 * @param body the body as a text
 * @param expect what is no error
 * @param place where it stands
 */
@Doc("One request; exactly one of get, post, put, patch, delete, head gives its path or URL.")
public record LoadStep(
    @Doc("The label 'step' of its evidence; the method and path where it is not written.")
        @Nullable String name,
    @Doc("The path or URL to GET.") @Nullable Template get,
    @Doc("The path or URL to POST to.") @Nullable Template post,
    @Doc("The path or URL to PUT.") @Nullable Template put,
    @Doc("The path or URL to PATCH.") @Nullable Template patch,
    @Doc("The path or URL to DELETE.") @Nullable Template delete,
    @Doc("The path or URL to ask the HEAD of.") @Nullable Template head,
    @Doc("Headers of this request.") Map<String, Template> headers,
    @Doc("The body as a value, sent as JSON; variables in its texts are filled.")
        @Nullable Json json,
    @Doc("The body as a text.") @Nullable Template body,
    @Doc("What the response must be.") @Nullable Expected expect,
    Place place) {

  /**
   * What a response must be.
   *
   * @param status the comparison that the status must meet
   */
  @Doc("What a response must be, else it is an error of kind 'status'.")
  public record Expected(
      @Doc("A status (201), a class (2xx), a bound or a pattern; < 400 where it is not written.")
          @Nullable Comparison status) {}

  /** Copies the map. */
  public LoadStep {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** A method and where it goes. */
  record Call(String method, Template to) {}

  /** Every method that was written; a valid step has one. */
  List<Call> calls() {
    Map<String, @Nullable Template> written = new LinkedHashMap<>();
    written.put("GET", get);
    written.put("POST", post);
    written.put("PUT", put);
    written.put("PATCH", patch);
    written.put("DELETE", delete);
    written.put("HEAD", head);
    List<Call> calls = new ArrayList<>();
    written.forEach((method, to) -> {
      if (to != null) {
        calls.add(new Call(method, to));
      }
    });
    return calls;
  }

  /** Its name in evidence. */
  String label() {
    String own = name;
    if (own != null) {
      return own;
    }
    Call call = calls().getFirst();
    return call.method() + " " + call.to().source();
  }
}
