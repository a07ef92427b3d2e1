package dev.assay.server.api;

import dev.assay.api.json.Json;
import dev.assay.server.account.Access;
import dev.assay.server.account.ProjectKeys.Scope;
import dev.assay.server.project.Project;
import dev.assay.server.quota.Limits;
import dev.assay.server.quota.Quota;
import dev.assay.server.quota.Quotas;
import dev.assay.server.quota.Standing;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The quotas of projects; only a program with a key of the server changes them. */
@RestController
@RequestMapping(
    path = "/api/v1/projects/{project}/quotas",
    produces = MediaType.APPLICATION_JSON_VALUE)
class QuotasApi {

  private final Access access;
  private final Quotas quotas;

  QuotasApi(Access access, Quotas quotas) {
    this.access = access;
    this.quotas = quotas;
  }

  /** How far each quota of a project is used. */
  @GetMapping
  String standings(Authentication who, @PathVariable String project) {
    return json(access.project(who, project, Scope.ADMIN));
  }

  private String json(Project project) {
    Map<String, Json> standings = new LinkedHashMap<>();
    for (Standing standing : quotas.standings(project)) {
      standings.put(
          standing.quota().label(),
          Json.object()
              .put("used", number(standing.used()))
              .put("most", number(standing.most()))
              .build());
    }
    return Answers.json(new Json.Obj(standings));
  }

  private static Json number(@org.jspecify.annotations.Nullable Long number) {
    return number == null ? Json.Null.VALUE : Json.of(number);
  }

  /** Changes all of them; what is missing is without end. */
  @PutMapping(consumes = MediaType.ALL_VALUE)
  String change(Authentication who, @PathVariable String project, InputStream body)
      throws IOException, BadBodyException, RefusedException {
    access.server(who, Scope.ADMIN);
    Project of = access.project(who, project, Scope.ADMIN);
    JsonBody wanted =
        JsonBody.read(body, Arrays.stream(Quota.values()).map(Quota::label).toArray(String[]::new));
    Map<Quota, Long> most = new EnumMap<>(Quota.class);
    for (Quota quota : Quota.values()) {
      Long bound = wanted.number(quota.label());
      if (bound != null) {
        most.put(quota, bound);
      }
    }
    Limits limits = new Limits(most);
    String wrong = limits.wrong();
    if (wrong != null) {
      throw new RefusedException(wrong, "send whole numbers, and leave out what has no end");
    }
    quotas.set(of, limits);
    return json(of);
  }
}
