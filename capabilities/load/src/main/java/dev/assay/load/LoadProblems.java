package dev.assay.load;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import java.util.List;

/** Every kind of problem that load can report. */
final class LoadProblems {

  static final ProblemType METHOD =
      user(
          "001",
          "A step has not exactly one method",
          "Each step of a flow sends one request, so it names exactly one of get, post, put, patch,"
              + " delete and head with the path: '- post: /orders'. Split a step with two methods"
              + " into two steps; they run in order on one connection.");

  static final ProblemType NO_FLOW =
      user(
          "002",
          "A load check has nothing to send",
          "The list 'flow' is empty or missing. Each arrival carries out the whole flow, so at least"
              + " one step is needed, such as 'flow: [ { get: / } ]'.");

  static final ProblemType RANGE =
      user(
          "003",
          "A number is out of its range",
          "'for' is more than 0 and at most 24h, 'warm up' at most 24h, 'timeout' more than 0 and at"
              + " most 1h, 'connections' 1 to 1000000, 'max waiting' 0 to 10000000. The rate"
              + " multiplied by 'for' gives the number of arrivals, which is 1 to 10 billion.");

  static final ProblemType NO_TARGET =
      user(
          "004",
          "There is no address to send to",
          "Paths are relative to the environment's 'url', or to the check's own 'url'. This"
              + " environment has none and neither has the check. Give one of them, or write the"
              + " step's address in full: 'get: http://127.0.0.1:8080/'.");

  static final ProblemType ADDRESS =
      user(
          "005",
          "An address cannot be used",
          "After its variables were filled, the address is not an absolute http or https URL with a"
              + " host, or holds characters that a URL must encode (a space is %20). User names"
              + " and passwords in a URL are not sent; use the header Authorization.");

  static final ProblemType ORIGINS =
      user(
          "006",
          "A flow goes to several servers",
          "All steps of a flow run on one connection, so they share scheme, host and port. Write one"
              + " check for each server; checks of a stage follow one another.");

  static final ProblemType HOST =
      environment(
          "007",
          "The name of the target has no address",
          "The host name is looked up once before the start, and nothing was found. Nothing was"
              + " sent. Look for a misspelt name, or ask the machine's resolver: 'getent hosts"
              + " NAME'.");

  static final ProblemType NOT_OWN =
      user(
          "008",
          "High load on a machine that is not known to be yours",
          "The target is not on this machine (its address is no loopback address) and the rate is"
              + " above 50/s. Load on somebody else's server is an attack. If it is yours, or you"
              + " are allowed to, say so in the check: 'i own this target: true'. Nothing was"
              + " sent.");

  static final ProblemType FILES =
      environment(
          "009",
          "More connections than the system lets this process open",
          "Each connection needs a file descriptor, and the soft limit of this process is lower than"
              + " the connections asked for plus what is open already. Raise the limit before the"
              + " start, with 'ulimit -n NUMBER' in the shell, LimitNOFILE= in a systemd unit, or"
              + " --ulimit nofile=NUMBER for a container; or lower 'connections'. Nothing was"
              + " sent.");

  static final ProblemType BODIES =
      user(
          "010",
          "A step has two bodies",
          "'json' and 'body' both give the request's body. Keep one: 'json' for a value that is"
              + " written as JSON with its Content-Type, 'body' for a text as it is.");

  static final ProblemType HEADER =
      user(
          "011",
          "A header cannot be sent",
          "A header's name consists of letters, digits and !#$%&'*+-.^_`|~ and its value has no line"
              + " break. Content-Length and Transfer-Encoding are set by the engine, because a"
              + " wrong one would make the whole measurement wrong.");

  static final ProblemType STATUS =
      user(
          "012",
          "No status can meet an expectation",
          "None of the statuses 100 to 599 holds, so every request would count as an error. Write a"
              + " status (201), a class (2xx), a bound (< 400) or a pattern (~ ^20).");

  private LoadProblems() {}

  static List<ProblemType> all() {
    return List.of(
        METHOD, NO_FLOW, RANGE, NO_TARGET, ADDRESS, ORIGINS, HOST, NOT_OWN, FILES, BODIES, HEADER,
        STATUS);
  }

  private static ProblemType user(String number, String title, String explanation) {
    return new ProblemType("ASSAY-LOAD-" + number, ProblemKind.USER, title, explanation);
  }

  private static ProblemType environment(String number, String title, String explanation) {
    return new ProblemType("ASSAY-LOAD-" + number, ProblemKind.ENVIRONMENT, title, explanation);
  }
}
