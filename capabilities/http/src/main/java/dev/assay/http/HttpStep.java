package dev.assay.http;

import dev.assay.api.json.Json;
import dev.assay.api.problem.Place;
import dev.assay.api.spi.Doc;
import dev.assay.api.value.Template;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request and what is expected of its answer. Exactly one of the methods is written, with the
 * path or address; at most one of {@code json}, {@code body}, {@code form}.
 *
 * @param name for people, or null for method and path as written
 * @param get path or address of a GET
 * @param post path or address of a POST
 * @param put path or address of a PUT
 * @param patch path or address of a PATCH
 * @param delete path or address of a DELETE
 * @param head path or address of a HEAD
 * @param options path or address of an OPTIONS
 * @param headers sent with it
 * @param json a body
 * @param body a body
 * @param form a body
 * @param expect what must hold, or null for a status below 400
 * @param save variable to where its value is found
 * @param retry how it is repeated, or null for one attempt
 * @param timeout for this step's requests, or null for the flow's
 * @param place where it is written
 */
@Doc("One request and what is expected of its answer.")
public record HttpStep(
    @Doc("Its name in evidence; the method and the path as written where there is none.")
        @Nullable String name,
    @Doc("GET this path or address.") @Nullable Template get,
    @Doc("POST to this path or address.") @Nullable Template post,
    @Doc("PUT to this path or address.") @Nullable Template put,
    @Doc("PATCH this path or address.") @Nullable Template patch,
    @Doc("DELETE this path or address.") @Nullable Template delete,
    @Doc("HEAD of this path or address.") @Nullable Template head,
    @Doc("OPTIONS of this path or address.") @Nullable Template options,
    @Doc("Headers of the request.") Map<String, Template> headers,
    @Doc("A JSON body; texts in it are templates.") @Nullable Json json,
    @Doc("A body as it is.") @Nullable Template body,
    @Doc("The fields of a form as the body.") Map<String, Template> form,
    @Doc("What must hold; a status below 400 where no status is written.")
        @Nullable HttpExpect expect,
    @Doc("Variables taken from the answer: a JSON path ($.id), header:NAME or regex:EXPRESSION.")
        Map<String, String> save,
    @Doc("Repeats the request until what is expected holds.") @Nullable HttpRetry retry,
    @Doc("How long one request of this step may take.") @Nullable Duration timeout,
    Place place) {

  /** Copies the collections. */
  public HttpStep {
    headers = InOrder.copy(headers);
    form = InOrder.copy(form);
    save = InOrder.copy(save);
  }

  /** The methods that are written, with their paths; one where the configuration is valid. */
  Map<String, Template> methods() {
    Map<String, Template> methods = new LinkedHashMap<>();
    put(methods, "GET", get);
    put(methods, "POST", post);
    put(methods, "PUT", put);
    put(methods, "PATCH", patch);
    put(methods, "DELETE", delete);
    put(methods, "HEAD", head);
    put(methods, "OPTIONS", options);
    return methods;
  }

  private static void put(Map<String, Template> methods, String method, @Nullable Template path) {
    if (path != null) {
      methods.put(method, path);
    }
  }

  String method() {
    return methods().keySet().iterator().next();
  }

  Template path() {
    return methods().values().iterator().next();
  }

  /** The name, or method and path as written, so that it is the same in every run. */
  String title() {
    return name == null ? method() + " " + path().source() : name;
  }
}
