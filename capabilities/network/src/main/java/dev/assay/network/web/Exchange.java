package dev.assay.network.web;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/** One request of a client and what has become of it so far. Owned by its connection's thread. */
final class Exchange {

  /** Where it stands. */
  enum State {
    /** Its server's connection is not there yet; the body waits. */
    DIALLING,
    /** The body goes to the server. */
    FORWARDING,
    /** The proxy answers itself; the body is read and dropped. */
    ANSWERED,
    /** It is never answered. */
    DROPPED
  }

  /** Of every request that was let through, headers already as the server gets them. */
  final HttpRequest request;

  final Target target;
  final boolean headless;
  final boolean oldClient;
  State state = State.DIALLING;
  boolean keepAlive;
  boolean requestDone;
  boolean bodySeen;
  boolean answerBegun;
  boolean answerDone;
  boolean informational;
  boolean serverKeeps;
  boolean reused;
  long requestBytes;
  long answerBytes;

  Exchange(HttpRequest request, Target target, boolean headless) {
    this.request = request;
    this.target = target;
    this.headless = headless;
    this.keepAlive = HttpUtil.isKeepAlive(request);
    this.oldClient = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
  }

  boolean over() {
    return requestDone && answerDone;
  }
}
