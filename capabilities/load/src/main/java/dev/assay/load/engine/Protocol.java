package dev.assay.load.engine;

/** What is spoken on connections. */
public enum Protocol {
  /** HTTP/1.1, one request at a time on each connection. */
  HTTP1("http/1.1") {
    @Override
    Line line(LoadLoop loop, Pool pool, long now) {
      return new Http1Line(loop, pool, now);
    }
  },
  /**
   * HTTP/2, many requests at once on each connection: with TLS by ALPN, else with prior knowledge.
   */
  HTTP2("h2") {
    @Override
    Line line(LoadLoop loop, Pool pool, long now) {
      return new Http2Line(loop, pool, now);
    }
  };

  private final String written;

  Protocol(String written) {
    this.written = written;
  }

  /** How it is written in a workspace. */
  public String written() {
    return written;
  }

  abstract Line line(LoadLoop loop, Pool pool, long now);
}
