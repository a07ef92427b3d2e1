package dev.assay.network.web;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** The answers that a proxy makes itself, as pages that a person can read. */
final class Page {

  private Page() {}

  static FullHttpResponse blocked(Target target, String rule) {
    return page(
        HttpResponseStatus.FORBIDDEN,
        "Access denied",
        "The network's policy blocks " + target.hostHeader() + " (rule " + rule + ").");
  }

  static FullHttpResponse passwordWanted() {
    FullHttpResponse page =
        page(
            HttpResponseStatus.PROXY_AUTHENTICATION_REQUIRED,
            "Password required",
            "This network's proxy wants a user and a password.");
    page.headers()
        .set(HttpHeaderNames.PROXY_AUTHENTICATE, "Basic realm=\"Assay\", charset=\"UTF-8\"");
    return page;
  }

  static FullHttpResponse unreachable(String why) {
    return page(HttpResponseStatus.BAD_GATEWAY, "Cannot reach the server", why);
  }

  static FullHttpResponse badRequest(String why) {
    return page(HttpResponseStatus.BAD_REQUEST, "Bad request", why);
  }

  static FullHttpResponse tooLarge(HttpResponseStatus status) {
    return page(status, "Too large", "The network's policy allows no bodies of this size.");
  }

  private static FullHttpResponse page(HttpResponseStatus status, String title, String text) {
    String html =
        "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>"
            + escaped(title)
            + "</title>\n<h1>"
            + escaped(title)
            + "</h1>\n<p>"
            + escaped(text)
            + "</p>\n<p><small>Assay's proxy</small></p></html>\n";
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(html, StandardCharsets.UTF_8));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "text/html; charset=utf-8")
        .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
    return response;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
