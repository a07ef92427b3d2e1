package dev.assay.http;

import dev.assay.api.problem.ProblemKind;
import dev.assay.api.problem.ProblemType;
import java.util.List;

/** Everything that can be wrong with a flow of requests. */
final class HttpProblems {

  static final ProblemType METHOD =
      new ProblemType(
          "ASSAY-HTTP-001",
          ProblemKind.USER,
          "A step needs exactly one method",
          "Each step of an http flow sends one request, so it has exactly one of the keys get, post,"
              + " put, patch, delete, head and options, with the path or the address as its value."
              + " Split a step that has two of them, and give one to a step that has none.");

  static final ProblemType EMPTY_FLOW =
      new ProblemType(
          "ASSAY-HTTP-002",
          ProblemKind.USER,
          "A flow without requests",
          "An http check with an empty flow would send nothing and so prove nothing. Write at least"
              + " one step, such as '- get: /health', or remove the check. A list that a tool made may have come out empty.");

  static final ProblemType EXPECTATION =
      new ProblemType(
          "ASSAY-HTTP-003",
          ProblemKind.USER,
          "An expectation that cannot be compared",
          "What is expected of an answer must fit what it is compared with: time and tls.expires"
              + " need a duration (< 500 ms, > 14 d), body size needs a size (< 1 MB), status needs a"
              + " status code (200, < 400, ~ ^2), and the keys below body are JSON paths that begin"
              + " with $. Numbers in JSON and in headers have no unit.");

  static final ProblemType SAVE =
      new ProblemType(
          "ASSAY-HTTP-004",
          ProblemKind.USER,
          "A value that cannot be saved",
          "Below save stands a name for each value and where to find it: a JSON path that begins"
              + " with $, header:NAME, or regex:EXPRESSION, which takes the first group of the first"
              + " match, or the whole match where it has no group. Names are made of letters, digits,"
              + " _ and -, because names with dots belong to the run (port.shop, secret.token).");

  static final ProblemType BODY =
      new ProblemType(
          "ASSAY-HTTP-005",
          ProblemKind.USER,
          "A request body that cannot be sent",
          "A request has one body: json, body or form, not two of them, and a HEAD has none. Texts"
              + " below json are templates, so a ${ in them must be closed and name a variable; write"
              + " $$ for one dollar sign.");

  static final ProblemType HEADER =
      new ProblemType(
          "ASSAY-HTTP-006",
          ProblemKind.USER,
          "A header that cannot be sent",
          "A header's name is made of letters, digits and - (RFC 9110, section 5.6.2). The headers"
              + " connection, content-length, expect, host and upgrade belong to the connection and"
              + " are set by the client itself; remove them. To reach another virtual host, use its"
              + " name in the address.");

  static final ProblemType RETRY =
      new ProblemType(
          "ASSAY-HTTP-007",
          ProblemKind.USER,
          "A repetition that never ends or never begins",
          "The key retry needs a time above zero in within, and at least 10 ms in every, and makes at"
              + " most 1000 attempts, since each is kept as evidence. Write a longer every or a"
              + " shorter within. To send many requests, use a load check. The same holds for"
              + " timeout, which must be above zero, and max body, which must be at least 1 B and at"
              + " most 1 GB, since a body is kept in memory.");

  static final ProblemType NO_TARGET =
      new ProblemType(
          "ASSAY-HTTP-008",
          ProblemKind.USER,
          "A relative path without a base",
          "A path such as /health is added to the url of the environment, or to the url of the check."
              + " Neither is written. Give the environment a url, or write the whole address.");

  static final ProblemType ADDRESS =
      new ProblemType(
          "ASSAY-HTTP-009",
          ProblemKind.USER,
          "Not an address that a request can be sent to",
          "After its variables were filled in, the address of the step is not one of the form"
              + " http://host:port/path or https://host:port/path, or a header's value holds"
              + " characters that no header may hold. Look at the values of the variables in it.");

  static final ProblemType TRUST =
      new ProblemType(
          "ASSAY-HTTP-010",
          ProblemKind.USER,
          "Trusted certificates that cannot be used",
          "The key trust names a file in the workspace's folder with one or more certificates in PEM"
              + " (-----BEGIN CERTIFICATE-----). The file is missing, cannot be read, or holds"
              + " something else, such as a private key. It cannot be combined with insecure, which"
              + " trusts everybody.");

  static final ProblemType REFUSED =
      new ProblemType(
          "ASSAY-HTTP-011",
          ProblemKind.ENVIRONMENT,
          "Nothing listens there",
          "The connection was refused or could not be routed: no process accepts connections at that"
              + " host and port. The service was not started, listens on another port or another"
              + " interface, or the url of the environment is wrong.");

  static final ProblemType UNKNOWN_HOST =
      new ProblemType(
          "ASSAY-HTTP-012",
          ProblemKind.ENVIRONMENT,
          "The host's name is not known",
          "The name of the host has no address: it is misspelt, the name server of this machine does"
              + " not know it, or this machine has no network. Correct the name in the environment's url or in the"
              + " step, or try the name with another program on the same machine.");

  static final ProblemType TIMEOUT =
      new ProblemType(
          "ASSAY-HTTP-013",
          ProblemKind.ENVIRONMENT,
          "No complete answer in time",
          "The request was given up after timeout: the server did not accept the connection, did not"
              + " answer, or did not send the whole body. The message says how far it got. Look at"
              + " what the server was doing, or write a longer timeout if it may take that long.");

  static final ProblemType TLS =
      new ProblemType(
          "ASSAY-HTTP-014",
          ProblemKind.ENVIRONMENT,
          "No secure connection",
          "The TLS handshake failed: the certificate is not signed by anyone trusted, has expired, is"
              + " for another host, the two sides share no protocol version or cipher suite, or the"
              + " port does not speak TLS at all. For a certificate of your own, name the authority"
              + " that signed it (or itself) with trust: certs/ca.pem. insecure: true accepts any"
              + " certificate and is meant for trying things out.");

  static final ProblemType PROTOCOL =
      new ProblemType(
          "ASSAY-HTTP-015",
          ProblemKind.ENVIRONMENT,
          "The answer is not HTTP, or broke off",
          "The connection was closed or reset before the answer was complete, or what came is not"
              + " HTTP. The server crashed or was stopped meanwhile, the port belongs to something"
              + " else (a TLS port needs https://), or a redirect led in a circle.");

  static final ProblemType TOO_LARGE =
      new ProblemType(
          "ASSAY-HTTP-016",
          ProblemKind.ENVIRONMENT,
          "The body is larger than max body",
          "To keep memory bounded a body is read only up to max body (10 MB where nothing is written),"
              + " and the request is given up there. Write a larger max body if such answers are"
              + " wanted, or ask for less.");

  static final ProblemType NO_NETWORK =
      new ProblemType(
          "ASSAY-HTTP-017",
          ProblemKind.ENVIRONMENT,
          "This Assay has no networks",
          "`through` sends the requests of a flow over an emulated network, which the network room"
              + " provides. It is part of every whole distribution; this one was put together without"
              + " it.");

  static final List<ProblemType> ALL =
      List.of(
          METHOD,
          EMPTY_FLOW,
          EXPECTATION,
          SAVE,
          BODY,
          HEADER,
          RETRY,
          NO_TARGET,
          ADDRESS,
          TRUST,
          REFUSED,
          UNKNOWN_HOST,
          TIMEOUT,
          TLS,
          PROTOCOL,
          TOO_LARGE,
          NO_NETWORK);

  private HttpProblems() {}
}
