package dev.assay.load;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import java.util.List;

/** Every kind of problem that load can report. */
final class LoadProblems {

  static final ProblemType METHOD =
      user(
          "001",
          "A step does not do exactly one thing",
          "Each step of a flow does one thing: a request (one of get, post, put, patch, delete, head"
              + " and options with the path: '- post: /orders'), a pause, repeat, while, if, choose,"
              + " websocket, send, receive, close or grpc. Split a step that does two things into"
              + " two; they run in order.");

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
          "'for' is more than 0 and at most 7 d, 'warm up' at most 7 d, 'timeout' more than 0 and at"
              + " most 1h, 'connections' and 'max users' 1 to 1000000, 'users' 1 to 1000000, 'max"
              + " waiting' 0 to 10000000, 'streams' 1 to 10000, 'follow redirects' 0 to 20, 'repeat'"
              + " and 'at most' 1 to 1000000. The rate multiplied by 'for' gives the number of"
              + " arrivals, which is 1 to 10 billion.");

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
          "The target is not on this machine (its address is no loopback address), the workspace"
              + " does not name it as its environment, and more than 50 arrivals a second may go"
              + " there. Load on somebody else's server is an attack. If it is yours, or you"
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
          "'json', 'body', 'file', 'form' and 'multipart' each give the request's body. Keep one:"
              + " 'json' for a value that is written as JSON, 'form' and 'multipart' for forms (these"
              + " set the Content-Type), 'body' for a text and 'file' for bytes as they are.");

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

  static final ProblemType MODEL =
      user(
          "013",
          "It is not clear how users come",
          "A load check has exactly one model. Open: 'rate' with 'for', or 'trace' (a file of recorded"
              + " arrivals). Closed: 'users' with 'for' or 'passes'. Several parts: 'phases', each"
              + " with one of these. Or 'capacity', which chooses the rates itself. Keys that shape"
              + " a rate ('to', 'in steps', 'spike', 'arrivals: poisson') belong to 'rate', those"
              + " of users ('users to', 'think time', 'passes') to 'users'.");

  static final ProblemType SCENARIO =
      user(
          "014",
          "A phase has no scenario",
          "A phase carries out the 'flow' of the check, or one of its 'scenarios' that it names."
              + " Where there is no 'flow', each phase names one: 'scenario: browse'.");

  static final ProblemType STEP =
      user(
          "015",
          "A step is not written as its kind is",
          "Keys such as 'do', 'then', 'at most', 'json' or 'save' belong to certain kinds of steps:"
              + " 'do' to 'repeat' and 'while', 'then' and 'else' to 'if', bodies and 'save' to"
              + " requests. A loop holds at least one request or pause, or it would turn"
              + " without end.");

  static final ProblemType SAVE =
      user(
          "016",
          "A value cannot be found that way",
          "A value of a response is found by a JSON path of names, indexes and [*] ($.items[0].id),"
              + " by 'header:NAME', 'cookie:NAME' or 'regex:EXPRESSION'. Filters, '..' and negative"
              + " indexes are not possible, since the body is read once, as it comes.");

  static final ProblemType FILE =
      user(
          "017",
          "A file of a load check cannot be used",
          "Files of bodies, parts and certificates are read once before the start, from the"
              + " workspace's folder. Nothing was sent.");

  static final ProblemType TRACE =
      user(
          "018",
          "A trace of arrivals cannot be used",
          "A trace is a text file with one arrival on each line, whose first column (up to a comma,"
              + " semicolon or tab) is either seconds from the start (0.25) or a time of ISO 8601"
              + " with an offset (2026-01-31T12:00:00.250Z). Empty lines and those that begin with"
              + " # are passed over, and the first line may be a heading.");

  static final ProblemType TLS =
      user(
          "019",
          "TLS cannot be set up",
          "'trust' is a file of PEM certificates, 'certificate' and 'key' belong together: a PEM"
              + " chain that begins with the client's own certificate, and its key in PKCS #8 without"
              + " a password (openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW makes one of any other)."
              + " 'server name' is a host's name. 'provider' is boringssl, jdk, or left out for"
              + " the best that the machine has. Nothing was sent.");

  static final ProblemType AUTH =
      user(
          "020",
          "Requests cannot be authenticated that way",
          "'auth' has either 'basic' with user and password, the same for all users, or 'bearer'"
              + " with a token, which may be a feeder's column or a saved value.");

  static final ProblemType PROTOCOL =
      user(
          "021",
          "A protocol is not known",
          "'protocol' is http/1.1, or h2 for HTTP/2 (agreed by ALPN over TLS, else begun with prior"
              + " knowledge). The steps are written the same for both.");

  static final ProblemType FEEDER =
      user(
          "022",
          "A feeder has not exactly one source",
          "A feeder names exactly one of 'csv', 'json lines' and 'generate'. Two sources are two"
              + " feeders.");

  static final ProblemType SOCKETS =
      environment(
          "023",
          "Sockets cannot be reached that way on this machine",
          "'sockets' of 'generator' names epoll or io_uring, which are Linux's own, and io_uring is"
              + " often forbidden in containers. Without it the best there is is taken: epoll on"
              + " Linux, else what the JDK has. Nothing was sent.");

  static final ProblemType NETWORK =
      user(
          "025",
          "The network of users is wrong",
          "'through' puts each user on a link of its own: it names a condition of the workspace or a"
              + " profile, or a 'mix' of several whose shares make 100 %, and how many users share a"
              + " link. `assay network --profiles` lists the profiles.");

  static final ProblemType SMPP_RANGE =
      user(
          "026",
          "A number of a load of messages is out of its range",
          "'sessions' is 1 to 1000, 'window' 1 to 100000, 'rate' more than 0 where it is given, 'for'"
              + " more than 0 and at most 7 d, 'warm up' at most 7 d. Without 'rate' each session"
              + " keeps its window full.");

  static final ProblemType SMPP_MESSAGE =
      user(
          "027",
          "A message cannot be sent as it is written",
          "Each message of a load is one submit_sm: its text fits into one part, and each field has"
              + " the length that SMPP gives it. Parts of long texts are the business of whoever"
              + " sends them, such as a gateway; put the load on that. Nothing was sent.");

  private LoadProblems() {}

  static List<ProblemType> all() {
    return List.of(
        METHOD,
        NO_FLOW,
        RANGE,
        NO_TARGET,
        ADDRESS,
        HOST,
        NOT_OWN,
        FILES,
        BODIES,
        HEADER,
        STATUS,
        MODEL,
        SCENARIO,
        STEP,
        SAVE,
        FILE,
        TRACE,
        TLS,
        AUTH,
        PROTOCOL,
        FEEDER,
        SOCKETS,
        NETWORK,
        SMPP_RANGE,
        SMPP_MESSAGE,
        AloneContext.NO_VALUE);
  }

  private static ProblemType user(String number, String title, String explanation) {
    return new ProblemType("ASSAY-LOAD-" + number, ProblemKind.USER, title, explanation);
  }

  private static ProblemType environment(String number, String title, String explanation) {
    return new ProblemType("ASSAY-LOAD-" + number, ProblemKind.ENVIRONMENT, title, explanation);
  }
}
