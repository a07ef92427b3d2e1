package dev.assay.server;

import dev.assay.server.api.ProblemBody;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/**
 * Answers what is no request that anything of the server could be asked by, such as an address that
 * is no text: in a few words, to programs as a problem. Made by Tomcat by its name.
 */
public final class BareRefusal extends ErrorReportValve {

  /** Made by Tomcat. */
  public BareRefusal() {}

  @Override
  protected void report(Request request, Response response, @Nullable Throwable broken) {
    int status = response.getStatus();
    if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    StatusProblem problem = StatusProblem.of(status);
    try {
      if (String.valueOf(request.getRequestURI()).startsWith("/api/")) {
        new ProblemBody(status, problem.code(), problem.title(), problem.what(), problem.mend())
            .write(response.getResponse());
      } else {
        response.setContentType("text/plain;charset=UTF-8");
        response
            .getOutputStream()
            .write(
                (problem.title() + ". " + problem.what() + " " + problem.mend() + "\n")
                    .getBytes(StandardCharsets.UTF_8));
      }
      response.finishResponse();
    } catch (IOException | IllegalStateException gone) {
      // whoever asked has left
    }
  }
}
